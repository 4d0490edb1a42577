import { afterEach, beforeEach, expect, test } from "vitest";
import { type Smtp, startSmtp } from "#test/smtp.ts";
import { mailer } from "./mail.ts";

let smtp: Smtp;
let url: string;
beforeEach(async () => {
  smtp = await startSmtp();
  url = smtp.url;
});
afterEach(() => smtp.close());

const mail = {
  to: "ada@example.com",
  subject: "Größe",
  text: "https://keys.example.com/invite?token=abc\n",
};

test("a mail is sent from the configured address to the one person, unchanged", async () => {
  await mailer({ url, from: "Latchkey <keys@example.com>" })?.(mail);
  expect(smtp.received).toHaveLength(1);
  expect(smtp.received[0]).toMatchObject({ from: "keys@example.com", to: ["ada@example.com"] });
  expect(smtp.received[0]?.data).toContain("https://keys.example.com/invite?token=abc");
  expect(smtp.received[0]?.data).toContain("From: Latchkey <keys@example.com>");
});

test("a line break in a subject adds no header and no recipient", async () => {
  const subject = "Hello\r\nBcc: eve@example.com";
  await mailer({ url, from: "keys@example.com" })?.({ ...mail, subject });
  expect(smtp.received[0]?.to).toEqual(["ada@example.com"]);
  expect(smtp.received[0]?.data).not.toMatch(/^Bcc:/m);
});

test.each([
  "ada@example.com,eve@example.com",
  "ada@example.com;eve@example.com",
  "Ada <eve@example.com>",
  "eve@example.com (ada@example.com)",
  "ada@example.com\r\nBcc: eve@example.com",
  "Friends: eve@example.com;",
  "",
])("nothing is sent to %j, which is not one plain address", async (to) => {
  await expect(mailer({ url, from: "keys@example.com" })?.({ ...mail, to })).rejects.toThrow(/plain email/);
  expect(smtp.received).toEqual([]);
});

test.each(["o'neil@example.com", "a/b+c@example.com", "admin@localhost", "ada@xn--bcher-kva.example"])(
  "%s gets its mail at exactly that address",
  async (to) => {
    await mailer({ url, from: "keys@example.com" })?.({ ...mail, to });
    // The test's server shows a domain as people read it.
    expect(smtp.received[0]?.to).toEqual([to.replace("xn--bcher-kva", "bücher")]);
  },
);

test("a mail that is rejected, or has no server, fails for its sender", async () => {
  const send = mailer({ url, from: "keys@example.com" });
  await expect(send?.({ ...mail, to: "nobody@example.com" })).rejects.toThrow(/no such mailbox/);
  const closed = mailer({ url: "smtp://127.0.0.1:1", from: "keys@example.com" });
  await expect(closed?.(mail)).rejects.toThrow(/ECONNREFUSED/);
});

test("without a configured server there is no mailer", () => {
  expect(mailer(null)).toBeNull();
});
