import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Smtp, startSmtp } from "#test/smtp.ts";
import { type Brand, DEFAULT_BRAND } from "../branding/read.ts";
import type { Mail } from "../context.ts";
import { mailer } from "./mailer.ts";

vi.mock("nodemailer", async (original) => {
  const library = await original<typeof import("nodemailer")>();
  return { ...library, createTransport: vi.fn(library.createTransport) };
});

let smtp: Smtp;
let url: string;
beforeEach(async () => {
  smtp = await startSmtp();
  url = smtp.url;
});
afterEach(() => smtp.close());

const portal = "https://keys.example.com";
/** The mailer of a portal with this brand. */
const mailerAs = (from: string, brand: Partial<Brand> = {}) =>
  mailer({ smtp: { url, from }, url: portal }, async () => ({ ...DEFAULT_BRAND, ...brand }));

const mail: Mail = {
  to: "ada@example.com",
  kind: "invitation",
  subject: "Größe",
  text: "https://keys.example.com/invite?token=abc\n",
};

test("a mail is sent from the configured address to the one person, unchanged", async () => {
  await mailerAs("Latchkey <keys@example.com>")?.(mail);
  expect(smtp.received).toHaveLength(1);
  expect(smtp.received[0]).toMatchObject({ from: "keys@example.com", to: ["ada@example.com"] });
  expect(smtp.received[0]?.data).toContain("https://keys.example.com/invite?token=abc");
  expect(smtp.received[0]?.data).toContain("From: Latchkey <keys@example.com>");
});

test("a line break in a subject adds no header and no recipient", async () => {
  const subject = "Hello\r\nBcc: eve@example.com";
  await mailerAs("keys@example.com")?.({ ...mail, subject });
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
  await expect(mailerAs("keys@example.com")?.({ ...mail, to })).rejects.toThrow(/plain email/);
  expect(smtp.received).toEqual([]);
});

test.each(["o'neil@example.com", "a/b+c@example.com", "admin@localhost", "ada@xn--bcher-kva.example"])(
  "%s gets its mail at exactly that address",
  async (to) => {
    await mailerAs("keys@example.com")?.({ ...mail, to });
    // The test's server shows a domain as people read it.
    expect(smtp.received[0]?.to).toEqual([to.replace("xn--bcher-kva", "bücher")]);
  },
);

test("a mail that is rejected, or has no server, fails for its sender", async () => {
  const send = mailerAs("keys@example.com");
  await expect(send?.({ ...mail, to: "nobody@example.com" })).rejects.toThrow(/no such mailbox/);
  const closed = mailer(
    { smtp: { url: "smtp://127.0.0.1:1", from: "keys@example.com" }, url: portal },
    async () => DEFAULT_BRAND,
  );
  await expect(closed?.(mail)).rejects.toThrow(/ECONNREFUSED/);
});

test("without a configured server there is no mailer", () => {
  expect(mailer({ smtp: null, url: portal }, async () => DEFAULT_BRAND)).toBeNull();
});

test("a mail of a company has its name as sender, at the address of MAIL_FROM, and nothing of the software", async () => {
  const brand = { name: 'Acme "Pay", Inc', isNamed: true, version: 1 };
  for (const from of ["Latchkey <keys@example.com>", "keys@example.com"]) await mailerAs(from, brand)?.(mail);
  expect(smtp.received.map(({ from }) => from)).toEqual(["keys@example.com", "keys@example.com"]);
  for (const { data } of smtp.received) {
    expect(data).toMatch(/^From: "Acme \\"Pay\\", Inc" <keys@example.com>\r$/m);
    expect(data).not.toMatch(/latchkey/i);
  }
});

test("no name of a company and no value of a placeholder adds a header", async () => {
  const hostile = "Acme\r\nBcc: eve@example.com";
  const mails = { invitation: { subject: "{company} {subject}", intro: "{company}", footer: "" } };
  await mailerAs("keys@example.com", { name: hostile, isNamed: true, mails })?.({
    ...mail,
    subject: hostile,
  });
  expect(smtp.received[0]?.to).toEqual(["ada@example.com"]);
  const [headers] = smtp.received[0]?.data.split("\r\n\r\n") ?? [];
  expect(headers).not.toMatch(/^Bcc:/m);
});

test("without an answer of the database, no mail is sent with a wrong name", async () => {
  const failing = mailer({ smtp: { url, from: "keys@example.com" }, url: portal }, () =>
    Promise.reject(new Error("no database")),
  );
  await expect(failing?.(mail)).rejects.toThrow("no database");
  expect(smtp.received).toEqual([]);
});

test("mail is sent again after the mail library could once not be loaded", async () => {
  const { createTransport } = vi.mocked(await import("nodemailer"));
  createTransport.mockImplementationOnce(() => {
    throw new Error("too many open files");
  });
  const send = mailerAs("keys@example.com");
  await expect(send?.(mail)).rejects.toThrow("too many open files");
  await send?.(mail);
  expect(smtp.received).toHaveLength(1);
});
