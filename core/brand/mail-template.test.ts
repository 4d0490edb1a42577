import { expect, test } from "vitest";
import { composeMail, DEFAULT_TEMPLATE, type MailValues, unknownPlaceholders } from "./mail-template.ts";

const values: MailValues = {
  company: "Acme",
  portal: "https://keys.example.com",
  support: "https://acme.example/help",
  email: "ada@example.com",
  subject: "Reset your password",
};
const compose = (template: Partial<typeof DEFAULT_TEMPLATE>, more: Partial<MailValues> = {}) =>
  composeMail({ text: "The text.\n", values: { ...values, ...more } }, { ...DEFAULT_TEMPLATE, ...template });

test("the default keeps subject and text, and signs with the company", () => {
  expect(compose({})).toEqual({
    subject: "Reset your password",
    text: "The text.\n\nAcme: https://keys.example.com\nSupport: https://acme.example/help\n",
  });
});

test("a line whose placeholder has no value is left out", () => {
  expect(compose({}, { support: "" }).text).toBe("The text.\n\nAcme: https://keys.example.com\n");
  expect(compose({ footer: "{support}" }, { support: "" }).text).toBe("The text.\n");
});

test("a value is never read for placeholders, and stays on its line", () => {
  const { subject, text } = compose(
    { subject: "{company}: {subject}", intro: "{subject}" },
    { company: "{email}", subject: "a\r\nBcc: eve@example.com\n{portal} $& $1" },
  );
  expect(subject).toBe("{email}: a Bcc: eve@example.com {portal} $& $1");
  expect(text.split("\n")[0]).toBe("a Bcc: eve@example.com {portal} $& $1");
});

test("a subject that is empty once its values are in is the portal's, and a long one is cut", () => {
  expect(compose({ subject: "{support}" }, { support: "" }).subject).toBe("Reset your password");
  expect(compose({ subject: "{subject}" }, { subject: "x".repeat(10_000) }).subject).toHaveLength(200);
});

test.each([
  ["{company} {subject}", []],
  ["{name}, {toString} and {__proto__}", ["{name}", "{toString}", "{__proto__}"]],
  ["{}", ["{}"]],
  ["{{company}}", []],
  ["{ company }", []],
])("the placeholders of %j that don't exist are %j", (text, unknown) => {
  expect(unknownPlaceholders(text)).toEqual(unknown);
});
