import { hashToken } from "#core/tokens.ts";
import { type Actor, type Ctx, identityOf } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { clientKey } from "../accounts/throttle.ts";

/** The subject for an unknown account or token: a short hash of the typed text, which may be a secret. */
export function unknownSubject(kind: string, typed: string): { id: string; name: string } {
  return { id: `${kind}_${hashToken(`${kind}:${typed}`).slice(0, 16)}`, name: `Unknown ${kind}` };
}

/** The actor's network, the source that its events are limited by. */
export function networkOfActor(actor: Actor): string {
  return actor.kind === "system" || actor.ipAddress === null ? "unknown" : clientKey(actor.ipAddress);
}

/** Records that a user or a project's token lacked a permission, answered with 403 or 404. Ignores other errors. */
export function recordDenial({ actor, securityLog }: Ctx, error: unknown, route: string): void {
  if ((actor.kind !== "user" && actor.kind !== "project") || !isDenial(error)) return;
  const subject = identityOf(actor);
  securityLog?.record(actor, {
    event: "access.denied",
    source: subject.id,
    subject,
    facts: { route, code: error.code },
  });
}

/** Whether the error says that the actor lacked a permission. */
export function isDenial(error: unknown): error is DomainError {
  return error instanceof DomainError && error.byRights;
}

/** Runs `work` and records if it was denied. `route` is a pattern, never a URL as sent. */
export async function recordDenials<T>(ctx: Ctx, route: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    recordDenial(ctx, error, route);
    throw error;
  }
}

/** Records a wrong or throttled password or code in a confirmation of identity. */
export function recordConfirmationFailed(ctx: Ctx, user: { id: string; name: string }, reason: string): void {
  const { id, name } = user;
  ctx.securityLog?.record(ctx.actor, {
    event: "user.confirmation-failed",
    source: id,
    subject: { id, name },
    facts: { reason },
  });
}

/** Records that no accepted secret of the deployment opens the secret of a user's authenticator app. */
export function recordFactorUnreadable(ctx: Ctx, { id, name }: { id: string; name: string }): void {
  ctx.securityLog?.record(ctx.actor, {
    event: "user.second-factor-unreadable",
    source: id,
    subject: { id, name },
    facts: {},
  });
}

interface FailedSignIn {
  method: string;
  reason: string;
  /** Null if there is no such account. */
  account: { id: string; name: string } | null;
  /** What was sent in place of an account. Only its hash is recorded. */
  typed: string;
}

/** Records a failed sign-in. */
export function recordSignInFailed(ctx: Ctx, { method, reason, account, typed }: FailedSignIn): void {
  ctx.securityLog?.record(ctx.actor, {
    event: "user.sign-in-failed",
    source: networkOfActor(ctx.actor),
    subject: account ? { id: account.id, name: account.name } : unknownSubject("account", typed),
    facts: { method, reason },
  });
}
