import { cleanLine } from "../text.ts";

/** What mails are about. Each kind has a template. */
export const MAIL_KINDS = [
  "invitation",
  "sign-up",
  "password-reset",
  "password-changed",
  "email-change",
  "email-changed",
  "second-factor",
  "account-deleted",
  "token-leaked",
  "notification",
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** The parts of a mail that a company can change. The text between intro and footer, with its link, is fixed. */
export interface MailTemplate {
  subject: string;
  intro: string;
  footer: string;
}

/** What every mail has unless an administrator changes it. */
export const DEFAULT_TEMPLATE: MailTemplate = {
  subject: "{subject}",
  intro: "",
  footer: "{company}: {portal}\nSupport: {support}",
};

/** `subject`: the subject without a template. `email`: the recipient. */
export const PLACEHOLDERS = ["company", "portal", "support", "email", "subject"] as const;
type Placeholder = (typeof PLACEHOLDERS)[number];

/** The values of placeholders; an empty text is no value. */
export type MailValues = Record<Placeholder, string>;

const PLACEHOLDER = /\{([^{}\s]*)\}/g;
const MAX_SUBJECT = 200;

/** The placeholders of a text that don't exist, as they are written. */
export function unknownPlaceholders(text: string): string[] {
  const names: readonly string[] = PLACEHOLDERS;
  return [...text.matchAll(PLACEHOLDER)].flatMap(([written, name = ""]) =>
    names.includes(name) ? [] : [written],
  );
}

/**
 * Subject and text of a mail in the company's words. Values are put in as one line each and are not read for
 * placeholders again. A line with a placeholder that has no value is left out.
 */
export function composeMail(
  { text, values }: { text: string; values: MailValues },
  template: MailTemplate,
): { subject: string; text: string } {
  const subject = cleanLine(fill(template.subject, values)).slice(0, MAX_SUBJECT).toWellFormed();
  const parts = [fill(template.intro, values), text.trim(), fill(template.footer, values)];
  return {
    subject: subject === "" ? values.subject : subject,
    text: `${parts.filter((part) => part !== "").join("\n\n")}\n`,
  };
}

function fill(text: string, values: MailValues): string {
  const lines = text.split("\n").filter((line) => !lacksValue(line, values));
  return lines
    .map((line) => line.replace(PLACEHOLDER, (written, name) => valueFor(values, name) ?? written))
    .join("\n")
    .trim();
}

function lacksValue(line: string, values: MailValues): boolean {
  return [...line.matchAll(PLACEHOLDER)].some(([, name = ""]) => valueFor(values, name) === "");
}

function valueFor(values: MailValues, name: string): string | undefined {
  return Object.hasOwn(values, name) ? cleanLine(values[name as Placeholder]) : undefined;
}
