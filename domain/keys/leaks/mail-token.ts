import { and, eq, inArray, isNull, or } from "drizzle-orm";
import { type Ctx, type Mail, trySendMail } from "../../context.ts";
import { locationsText } from "./locations.ts";

/** A token that was found in public, as the email describes it. */
export interface TokenLeak {
  kind: "managementToken" | "serviceToken" | "scimToken";
  name: string;
  hint: string;
  /** The token's user; null for a token of a project, and for service and SCIM tokens, which belong to the administrators. */
  userId: string | null;
  /** The project of a project's management token. */
  projectId: string | null;
  locations: string[];
  /** Whether the leak policy revoked it. */
  revoked: boolean;
}

/** Each is a connection, of which a mail server accepts only so many. */
const MAILS_AT_ONCE = 5;

const NAMES = { managementToken: "management token", serviceToken: "service token", scimToken: "SCIM token" };

/**
 * Mails the token's user or the owners of its project, and every administrator. Most tokens belong to no project, so
 * there is no notification for them: the mailer logs a mail that can't be sent, and the portal's pages show the leak
 * until the token is revoked.
 */
export async function mailTokenLeak(ctx: Ctx, leak: TokenLeak): Promise<void> {
  if (ctx.sendMail === null) return;
  const { q, t } = ctx.db.read;
  const owners = q
    .select({ id: t.memberships.userId })
    .from(t.memberships)
    .where(and(eq(t.memberships.projectId, leak.projectId ?? ""), eq(t.memberships.role, "owner")));
  const people = await q
    .select({ id: t.users.id, email: t.users.email })
    .from(t.users)
    .where(
      and(
        isNull(t.users.disabledAt),
        eq(t.users.mailNotifications, true),
        or(
          eq(t.users.siteRole, "admin"),
          leak.userId === null ? undefined : eq(t.users.id, leak.userId),
          leak.projectId === null ? undefined : inArray(t.users.id, owners),
        ),
      ),
    );
  for (let at = 0; at < people.length; at += MAILS_AT_ONCE) {
    const some = people.slice(at, at + MAILS_AT_ONCE);
    const sent = await Promise.all(
      some.map((person) => trySendMail(ctx, leakMail(leak, person, ctx.settings.url))),
    );
    // The mail server is down: for each of the others, the caller would wait until it gives up.
    if (!sent.includes(true)) return;
  }
}

function leakMail(leak: TokenLeak, { id, email }: { id: string; email: string }, portalUrl: string): Mail {
  const what = NAMES[leak.kind];
  return {
    to: email,
    kind: "token-leaked",
    subject: `The ${what} ${leak.name} was found in public`,
    text: [
      `The ${what} ${leak.name} (${leak.hint}) was found in public.`,
      locationsText(leak.locations[0] ?? "", leak.locations.length),
      nextStep(leak, id),
      ...(leak.userId === null || leak.userId === id ? [portalUrl + pageOf(leak)] : []),
    ]
      .filter((line) => line !== "")
      .join("\n\n"),
  };
}

/** The page where the token can be revoked. */
function pageOf({ kind, projectId }: TokenLeak): string {
  if (kind === "serviceToken") return "/admin/service-tokens";
  if (kind === "scimToken") return "/admin/provisioning";
  return projectId === null ? "/account" : `/projects/${projectId}/tokens`;
}

function nextStep({ kind, revoked, userId, projectId }: TokenLeak, readerId: string): string {
  if (revoked) return "It was revoked. Create another token where it is still needed.";
  if (kind === "scimToken") {
    return "It still works: anyone who has it can create, change and disable accounts. Create another token for your identity provider, then revoke it.";
  }
  if (kind === "serviceToken") return "It still works. Create another token for its service, then revoke it.";
  if (projectId !== null) return "It still works, in the project that it belongs to. Revoke it now.";
  return userId === readerId
    ? "It still works, with all your permissions. Revoke it now."
    : "It still works, with all its owner's permissions. Ask the owner to revoke it, or disable the account.";
}
