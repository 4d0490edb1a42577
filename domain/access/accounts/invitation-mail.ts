import { hasVisibleText } from "#core/text.ts";
import type { Mail } from "../../context.ts";

/** Letters, spaces and signs of names, in which no mail program finds a link; a dot only before a space or the end. */
const NO_LINK = /^(?:[\p{L}\p{M}\p{N} '’&()+_-]|[.,](?= |$))+$/u;
/** Mail programs make phone numbers of so many digits into links. */
const PHONE_NUMBER = /(?:\p{N}[ ()+_-]*){6}/u;

/**
 * The mail that invites somebody. Its subject and link are the same whoever invites: an inviter chooses their own
 * name and the project's, and strangers get this mail. A name is in the text only if no mail program can take a part
 * of it for a link.
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
    subject,
    text: `${who} invites you to ${what}.\n\nOpen this link within 7 days to accept:\n${link}\n\nIf you did not expect this mail, ignore it.\n`,
  };
}

function harmless(name: string): string | null {
  return name.length <= 100 && hasVisibleText(name) && NO_LINK.test(name) && !PHONE_NUMBER.test(name)
    ? name
    : null;
}
