import { hasVisibleText } from "#core/text.ts";
import type { Mail } from "../../context.ts";

/**
 * Letters, spaces and punctuation of names that no mail program turns into a link; a dot only before a space or at
 * the end.
 */
const NO_LINK = /^(?:[\p{L}\p{M}\p{N} '’&()+_-]|[.,](?= |$))+$/u;
/** Mail programs turn this many digits into a phone link. */
const PHONE_NUMBER = /(?:\p{N}[ ()+_-]*){6}/u;

/**
 * The invitation mail. Subject and link don't depend on the inviter: inviters choose their own name and the
 * project's, and strangers receive this mail. A name appears in the text only if no mail program would turn part of
 * it into a link.
 */
export function invitationMail(
  to: string,
  { inviter, project, link }: { inviter: string; project?: string; link: string },
): Mail {
  const who = harmless(inviter) ?? "Someone";
  const name = project === undefined ? null : harmless(project);
  const what =
    project === undefined
      ? "create an account at the developer portal"
      : `work on the API keys of ${name === null ? "a project" : `the project ${name}`}`;
  const subject = project === undefined ? "Invitation to the developer portal" : "Invitation to a project";
  return {
    to,
    kind: "invitation",
    subject,
    text: `${who} invites you to ${what}.\n\nOpen this link within 7 days to accept:\n${link}\n\nIf you did not expect this email, ignore it.\n`,
  };
}

function harmless(name: string): string | null {
  return name.length <= 100 && hasVisibleText(name) && NO_LINK.test(name) && !PHONE_NUMBER.test(name)
    ? name
    : null;
}
