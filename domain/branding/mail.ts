import { composeMail, DEFAULT_TEMPLATE } from "#core/brand/mail-template.ts";
import type { Mail } from "../context.ts";
import type { Brand } from "./read.ts";

/** A mail in the company's words, as the mail server gets it. */
export interface BrandedMail {
  to: string;
  /** The name of the sender; null for that of the setting `MAIL_FROM`. */
  from: string | null;
  subject: string;
  text: string;
}

/** Applies the brand to a mail: the sender's name, and the template of the mail's kind. */
export function brandMail(
  { to, kind, subject, text }: Mail,
  { name, isNamed, links, mails }: Pick<Brand, "name" | "isNamed" | "links" | "mails">,
  portalUrl: string,
): BrandedMail {
  const values = {
    company: name,
    portal: portalUrl,
    support: (links.support ?? "").replace(/^mailto:/, ""),
    email: to,
    subject,
  };
  return {
    to,
    from: isNamed ? name : null,
    ...composeMail({ text, values }, mails[kind] ?? DEFAULT_TEMPLATE),
  };
}
