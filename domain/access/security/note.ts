import { hashToken } from "#core/tokens.ts";
import type { Actor, Ctx } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { callerAt } from "../accounts/throttle.ts";

/** What somebody who is not known is called by: a short hash of what they typed, which may be a secret. */
export function unknownSubject(kind: string, typed: string): { id: string; name: string } {
  return { id: `${kind}_${hashToken(`${kind}:${typed}`).slice(0, 16)}`, name: `Unknown ${kind}` };
}

/** The network that an actor comes from: what its events are limited by. */
export function networkOfActor(actor: Actor): string {
  return actor.kind === "system" || actor.address === null ? "unknown" : callerAt(actor.address);
}

/** Notes that a user was refused by rights: told so (403), or shown nothing (404). Other errors are not noted. */
export function noteDenial({ actor, securityLog }: Ctx, error: unknown, route: string): void {
  if (actor.kind !== "user" || !isDenial(error)) return;
  securityLog?.note(actor, {
    event: "access.denied",
    source: actor.userId,
    subject: { id: actor.userId, name: actor.name },
    facts: { route, code: error.code },
  });
}

/** Whether the asker's rights are what was missing. */
export function isDenial(error: unknown): error is DomainError {
  return error instanceof DomainError && error.byRights;
}

/** Does what a user asked for, and notes it where they are denied. `route` is a pattern, never an address as sent. */
export async function noteDenials<T>(ctx: Ctx, route: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    noteDenial(ctx, error, route);
    throw error;
  }
}

/** Notes a wrong password of somebody who is signed in and was asked to confirm who they are. */
export function noteConfirmationFailed(ctx: Ctx, user: { id: string; name: string }): void {
  const { id, name } = user;
  ctx.securityLog?.note(ctx.actor, {
    event: "user.confirmation-failed",
    source: id,
    subject: { id, name },
    facts: {},
  });
}

/** Notes a sign-in that was refused. `account` is null for one that does not exist. */
export function noteSignInFailed(
  ctx: Ctx,
  method: string,
  reason: string,
  account: { id: string; name: string } | null,
  typed: string,
): void {
  ctx.securityLog?.note(ctx.actor, {
    event: "user.sign-in-failed",
    source: networkOfActor(ctx.actor),
    subject: account ? { id: account.id, name: account.name } : unknownSubject("account", typed),
    facts: { method, reason },
  });
}
