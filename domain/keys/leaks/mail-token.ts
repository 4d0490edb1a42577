import { and, eq, isNull, or } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { placesText } from "./places.ts";

/** A token that was found in public, as the email describes it. */
export interface TokenLeak {
  kind: "managementToken" | "serviceToken";
  name: string;
  hint: string;
  /** The token's owner; null for a service token, which belongs to the administrators. */
  userId: string | null;
  places: string[];
  /** Whether the leak policy revoked it. */
  revoked: boolean;
}

/**
 * Mails the token's owner and every administrator. The token belongs to no project, so there is no notification for
 * it: the mailer logs a mail that can't be sent, and the portal's pages show the leak until the token is revoked.
 */
export async function mailTokenLeak(ctx: Ctx, leak: TokenLeak): Promise<void> {
  const { sendMail, settings } = ctx;
  if (sendMail === null) return;
  const { q, t } = ctx.db.read;
  const people = await q
    .select({ id: t.users.id, email: t.users.email })
    .from(t.users)
    .where(
      and(
        isNull(t.users.disabledAt),
        eq(t.users.mailNotifications, true),
        or(eq(t.users.siteRole, "admin"), leak.userId === null ? undefined : eq(t.users.id, leak.userId)),
      ),
    );
  const what = leak.kind === "managementToken" ? "management token" : "service token";
  const path = leak.kind === "managementToken" ? "/account" : "/admin/service-tokens";
  await Promise.allSettled(
    people.map(({ id, email }) =>
      sendMail({
        to: email,
        subject: `The ${what} ${leak.name} was found in public`,
        text: [
          `The ${what} ${leak.name} (${leak.hint}) was found in public.`,
          placesText(leak.places[0] ?? "", leak.places.length),
          nextStep(leak, id),
          ...(leak.userId === null || leak.userId === id ? [settings.url + path] : []),
        ]
          .filter((line) => line !== "")
          .join("\n\n"),
      }),
    ),
  );
}

function nextStep({ kind, revoked, userId }: TokenLeak, readerId: string): string {
  if (revoked) return "It was revoked. Create another token where it is still needed.";
  if (kind === "serviceToken") return "It still works. Create another token for its service, then revoke it.";
  return userId === readerId
    ? "It still works, with all your permissions. Revoke it now."
    : "It still works, with all its owner's permissions. Ask the owner to revoke it, or disable the account.";
}
