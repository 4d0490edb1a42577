import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { mailer } from "./mail.ts";

let server: SMTPServer;
let received: { to: string[]; from: string; data: string }[];
let url: string;
beforeEach(async () => {
  received = [];
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      text(stream).then((data) => {
        received.push({ from: mailFrom ? mailFrom.address : "", to: rcptTo.map((to) => to.address), data });
        done();
      }, done);
    },
    onRcptTo: (to, _, done) =>
      done(to.address.startsWith("nobody@") ? new Error("no such mailbox") : undefined),
  });
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  url = `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`;
});
afterEach(() => new Promise<void>((resolve) => server.close(resolve)));

const mail = {
  to: "ada@example.com",
  subject: "Größe",
  text: "https://keys.example.com/invite?token=abc\n",
};

test("a mail goes out from the configured address to the one person, as it was written", async () => {
  await mailer({ url, from: "Latchkey <keys@example.com>" })?.(mail);
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({ from: "keys@example.com", to: ["ada@example.com"] });
  expect(received[0]?.data).toContain("https://keys.example.com/invite?token=abc");
  expect(received[0]?.data).toContain("From: Latchkey <keys@example.com>");
});

test("a line break in a subject adds no header and no recipient", async () => {
  const subject = "Hello\r\nBcc: eve@example.com";
  await mailer({ url, from: "keys@example.com" })?.({ ...mail, subject });
  expect(received[0]?.to).toEqual(["ada@example.com"]);
  expect(received[0]?.data).not.toMatch(/^Bcc:/m);
});

test("a mail that is not taken, or has no server, fails for who sent it", async () => {
  const send = mailer({ url, from: "keys@example.com" });
  await expect(send?.({ ...mail, to: "nobody@example.com" })).rejects.toThrow(/no such mailbox/);
  const closed = mailer({ url: "smtp://127.0.0.1:1", from: "keys@example.com" });
  await expect(closed?.(mail)).rejects.toThrow(/ECONNREFUSED/);
});

test("without a configured server there is nothing to send with", () => {
  expect(mailer(null)).toBeNull();
});
