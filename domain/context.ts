import type { ManagementScope } from "#core/scopes.ts";
import type { Db } from "#db/open.ts";
import type { SiteRole } from "#db/tables/accounts.ts";
import type { CreatedCredential } from "#db/tables/audit.ts";
import type { Settings } from "#platform/settings.ts";
import type { SecurityEvent } from "./access/security/events.ts";
import { DomainError } from "./errors.ts";

/** A person (or their script) who is known. */
export interface UserActor {
  kind: "user";
  userId: string;
  name: string;
  siteRole: SiteRole;
  via: "session" | "token" | "cli";
  /** Network address as the portal saw it; null where there is none. */
  address: string | null;
  /** With `via: "session"`: which one, by its public id, and when it began (epoch ms). */
  session?: { id: string; signedInAt: number };
  /** With `via: "token"`: which management token, and what it may do here. Without it: nothing. */
  token?: { id: string; name: string; scopes: readonly ManagementScope[] };
}

/** Nobody known: a visitor of a sign-in page, or the holder of a one-time link. */
export interface VisitorActor {
  kind: "visitor";
  address: string | null;
}

/** Latchkey itself or its operator at the terminal: start-up, maintenance, `latchkey user create`. */
export interface SystemActor {
  kind: "system";
}

export const SYSTEM: SystemActor = { kind: "system" };

export type Actor = UserActor | VisitorActor | SystemActor;

/** An e-mail to one person. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Keeps secrets that must be at hand again, such as a webhook's; `context` is bound to what is sealed. */
export interface Sealer {
  seal(text: string, context: string): string;
  unseal(sealed: string, context: string): string;
}

/** Takes security events; `domain/access/security/log.ts` says what becomes of them. */
export interface SecurityRecorder {
  /** Notes an event that changed nothing. Returns at once. */
  note(actor: Actor, event: SecurityEvent): void;
  /** Whether one more of this event is to be recorded; counts it either way. */
  admits(event: string, source: string): boolean;
  /** Takes the audit entries of a transaction that is committed. */
  committed(
    actor: Actor,
    entries: readonly { action: string; subject: { id: string }; projectId?: string | null }[],
  ): void;
}

/** Everything that a verb may use besides its input. Only `createContext` makes one. */
export interface Ctx {
  db: Db;
  actor: Actor;
  /** Epoch ms. */
  now: () => number;
  settings: Pick<
    Settings,
    | "keyPrefix"
    | "url"
    | "verifierUrl"
    | "signUp"
    | "signUpMailsPerHour"
    | "webhooksToPrivate"
    | "staleMaxSeconds"
    | "bounds"
  >;
  /** Null if no mail server is configured: pages then show links to copy. */
  sendMail: ((mail: Mail) => Promise<void>) | null;
  /** Null if nothing can be sealed, as in the CLI. */
  sealer: Sealer | null;
  /**
   * Called inside the transaction that creates or replaces a credential, without its secret. The credential is stored
   * with the request's idempotency key, so that it can be named if the response is lost.
   */
  created?: (credential: CreatedCredential) => void;
  /**
   * Set together with `created`: the same database, for writes that don't create anything, such as counting wrong
   * passwords. A write through `db` marks the request as carried out.
   */
  aside?: Db;
  /** Receives security events. Not set in the CLI. */
  securityLog?: SecurityRecorder;
}

/** What the process, and sometimes the request, provides. The clock is the system's unless `now` is given. */
export type ContextParts = Pick<Ctx, "db" | "settings"> & Partial<Omit<Ctx, "actor">>;

/** The one place that makes a context: for pages, actions, the HTTP API, jobs, the CLI and tests. */
export function createContext(parts: ContextParts, actor: Actor): Ctx {
  return { now: Date.now, sendMail: null, sealer: null, ...parts, actor };
}

/** The one signature of a verb. */
export interface Verb<Input> {
  ctx: Ctx;
  input: Input;
}

/** The user behind the request. Throws `unauthenticated` for anybody else. */
export function requireUser(ctx: Ctx): UserActor {
  if (ctx.actor.kind !== "user") throw new DomainError("unauthenticated", "Sign in first.");
  return ctx.actor;
}

/**
 * Refuses management tokens: for what only a person who is signed in, or the operator at the terminal, may do.
 * Without this, a stolen token could make itself outlive its revocation. Throws `forbidden`.
 */
export function refuseTokens({ actor }: Ctx): void {
  if (actor.kind !== "user" || actor.via !== "token") return;
  throw new DomainError("forbidden", "A management token can't do this: sign in to the portal.");
}

/** Refuses management tokens that lack `scope`; whoever came without a token needs none. Throws `forbidden`. */
export function requireScope(ctx: Ctx, scope: ManagementScope): void {
  const { actor } = ctx;
  if (actor.kind !== "user" || actor.via !== "token" || actor.token?.scopes.includes(scope)) return;
  throw new DomainError("forbidden", `This management token does not have the scope ${scope}.`);
}

/** An administrator, or the system itself. Throws `forbidden` for other users. */
export function requireAdmin(ctx: Ctx): void {
  if (ctx.actor.kind === "system") return;
  if (requireUser(ctx).siteRole !== "admin") {
    throw adminsOnly();
  }
}

export function adminsOnly(): DomainError {
  return new DomainError("forbidden", "Only an administrator can do this.");
}
