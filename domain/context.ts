import type { MailKind } from "#core/brand/mail-template.ts";
import type { ManagementScope, ProjectTokenRole } from "#core/scopes.ts";
import type { Db } from "#db/open.ts";
import type { SiteRole } from "#db/tables/accounts.ts";
import type { CreatedCredential } from "#db/tables/audit.ts";
import type { Settings } from "#platform/settings.ts";
import type { SecurityEvent } from "./access/security/events.ts";
import { DomainError } from "./errors.ts";

/** An authenticated user, or their script. */
export interface UserActor {
  kind: "user";
  userId: string;
  name: string;
  siteRole: SiteRole;
  via: "session" | "token" | "cli";
  /** An administrator whose IP address is not allowed for administration, and who acts as a developer. */
  isOutsideAdminIpAddresses?: true;
  /** The client's IP address as the portal saw it; null if there is none. */
  ipAddress: string | null;
  /** With `via: "session"`: its public id, and when the user last proved their identity (epoch ms). */
  session?: {
    id: string;
    confirmedAt: number;
    /** Set if a policy requires a second factor and the user has none: nothing but setting one up is allowed. */
    needsFactor?: true;
  };
  /** With `via: "token"`: the management token and its scopes. Without it, nothing is allowed. */
  token?: ActorToken;
}

/** The management token that authenticated a request. */
export interface ActorToken {
  id: string;
  name: string;
  scopes: readonly ManagementScope[];
}

/** A script with a project's own token. It acts in that project only, and has no rights of any user. */
export interface ProjectActor {
  kind: "project";
  projectId: string;
  role: ProjectTokenRole;
  /** The client's IP address as the portal saw it; null if there is none. */
  ipAddress: string | null;
  token: ActorToken;
  /** The user who created the token, who may have left. What the token creates names them as well. */
  createdBy: string;
}

/** Not authenticated: a visitor of the sign-in page, or the holder of a one-time link. */
export interface VisitorActor {
  kind: "visitor";
  ipAddress: string | null;
}

/** The software itself or the operator in the CLI: startup, maintenance, `latchkey user create`. */
export interface SystemActor {
  kind: "system";
}

/** An identity provider that manages users and groups, by its SCIM token. */
export interface ScimActor {
  kind: "scim";
  tokenId: string;
  /** The name of the token. */
  name: string;
  /** The only provider in the settings whose users and groups it manages; null for all. */
  provider: string | null;
  /** The issuer of that provider; null without one. */
  issuer: string | null;
  /** Whether it may change the email addresses of administrators. */
  managesAdmins: boolean;
  ipAddress: string | null;
}

export const SYSTEM: SystemActor = { kind: "system" };

/** The site as the subject of audit entries, and its id in tables with one row for the site. */
export const SITE = { id: "site", name: "the site" };

/** What people read as the name of the system actor. */
export const SYSTEM_NAME = "The portal";
/** How rows of earlier versions name it. */
const FORMER_SYSTEM_NAME = "Latchkey";

/** The name of a stored actor, as people read it. */
export function shownActorName({
  actorId,
  actorName,
}: {
  actorId: string | null;
  actorName: string;
}): string {
  return actorId === null && actorName === FORMER_SYSTEM_NAME ? SYSTEM_NAME : actorName;
}

export type Actor = UserActor | ProjectActor | VisitorActor | SystemActor | ScimActor;

/** An email to one person. The company's template for its kind is applied when it is sent. */
export interface Mail {
  to: string;
  kind: MailKind;
  subject: string;
  text: string;
}

/**
 * Encrypts secrets that must be readable later, such as a webhook's. `context` is authenticated with the ciphertext.
 */
export interface Sealer {
  seal(text: string, context: string): string;
  unseal(sealed: string, context: string): string;
  /** The text sealed with the current secret; null if that sealed it already. Throws if no accepted secret opens it. */
  reseal(sealed: string, context: string): string | null;
}

/** Receives security events; see `domain/access/security/log.ts`. */
export interface SecurityRecorder {
  /** Records an event that changed nothing. Returns immediately. */
  record(actor: Actor, event: SecurityEvent): void;
  /** Counts the event and returns whether to record it. */
  admits(event: string, source: string): boolean;
  /** Receives the audit entries of a committed transaction. */
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
    | "oidc"
    | "signUpMailsPerHour"
    | "sessions"
    | "webhooksToPrivate"
    | "staleMaxSeconds"
    | "bounds"
  > &
    Partial<Pick<Settings, "formerKeyPrefixes" | "importHmacSecrets">>;
  /** Null if no mail server is configured: pages then show links to copy. */
  sendMail: ((mail: Mail) => Promise<void>) | null;
  /** Null if nothing can be sealed, as in the CLI. */
  sealer: Sealer | null;
  /**
   * Called inside the transaction that creates or replaces a credential, without its secret. The credential is stored
   * with the request's idempotency key, so that it can be named if the response is lost.
   */
  created?: (credential: CreatedCredential) => void;
  /** Receives security events. Not set in the CLI. */
  securityLog?: SecurityRecorder;
  /**
   * Runs work after the response, so that its duration reveals nothing. A failure is logged, and a stopping portal
   * waits for it. Without it, the caller waits.
   */
  background?: (name: string, work: () => Promise<void>) => void;
}

/** What the process, and sometimes the request, provides. The clock is the system's unless `now` is given. */
export type ContextParts = Pick<Ctx, "db" | "settings"> & Partial<Omit<Ctx, "actor">>;

/** The one place that makes a context: for pages, actions, the HTTP API, jobs, the CLI and tests. */
export function createContext(parts: ContextParts, actor: Actor): Ctx {
  return { now: Date.now, sendMail: null, sealer: null, ...parts, actor };
}

/** The argument of every verb. */
export interface Verb<Input> {
  ctx: Ctx;
  input: Input;
}

/**
 * The authenticated user. Throws `unauthenticated` for other actors, and `forbidden` for a project's token and if the
 * user must set up a second factor first.
 */
export function requireUser(ctx: Ctx): UserActor {
  const actor = requireAuthenticated(ctx);
  if (actor.kind === "user") return actor;
  throw belongsToNoUser();
}

/**
 * The authenticated user or project's token. Throws `unauthenticated` for other actors, and `forbidden` if the user
 * must set up a second factor first.
 */
export function requireAuthenticated({ actor }: Pick<Ctx, "actor">): UserActor | ProjectActor {
  if (actor.kind === "project") return actor;
  if (actor.kind !== "user") throw new DomainError("unauthenticated", "Sign in first.");
  if (!actor.session?.needsFactor) return actor;
  throw new DomainError("forbidden", "This portal requires a second factor. Reload the page to set one up.", {
    byRights: false,
  });
}

/**
 * Like `requireUser`, also for users who must set up a second factor first. Only for what they need for that, and for
 * signing out.
 */
export function requireSignedIn({ actor }: Pick<Ctx, "actor">): UserActor {
  if (actor.kind === "user") return actor;
  if (actor.kind === "project") throw belongsToNoUser();
  throw new DomainError("unauthenticated", "Sign in first.");
}

function belongsToNoUser(): DomainError {
  return new DomainError(
    "forbidden",
    "This is a project's token, which belongs to no user. Use a token of your own.",
  );
}

/** Who an authenticated actor is in lists and audit rows: the user, or the project's token. */
export function identityOf(actor: UserActor | ProjectActor): { id: string; name: string } {
  if (actor.kind === "user") return { id: actor.userId, name: actor.name };
  return { id: actor.token.id, name: actor.token.name };
}

/** Whether a script acts, with a management token of a user or of a project. */
export function isByToken(actor: Actor): boolean {
  return actor.kind === "project" || (actor.kind === "user" && actor.via === "token");
}

/** Whether the actor is an administrator of the site. */
export function isAdmin(actor: Actor): boolean {
  return actor.kind === "user" && actor.siteRole === "admin";
}

/**
 * Denies management tokens, for actions of signed-in users and of the operator in the CLI only. Otherwise a stolen
 * token could outlive its revocation. Throws `forbidden`.
 */
export function denyManagementTokens({ actor }: Ctx): void {
  if (!isByToken(actor)) return;
  throw new DomainError("forbidden", "A management token can't do this. Sign in to the portal.");
}

/** Denies management tokens without `scope`; other actors need none. Throws `forbidden`. */
export function requireScope(ctx: Ctx, scope: ManagementScope): void {
  const { actor } = ctx;
  if (!isByToken(actor) || hasScope(actor, scope)) return;
  throw new DomainError("forbidden", `This management token does not have the scope ${scope}.`);
}

/** Whether the actor's token has `scope`; false for an actor without a token. */
export function hasScope(actor: Actor, scope: ManagementScope): boolean {
  const token = actor.kind === "user" || actor.kind === "project" ? actor.token : undefined;
  return token?.scopes.includes(scope) ?? false;
}

/** Requires an administrator or the system. Throws `forbidden` for other users. */
export function requireAdmin(ctx: Ctx): void {
  if (ctx.actor.kind === "system") return;
  if (!isAdmin(requireAuthenticated(ctx))) throw adminsOnly();
}

/** The error for an actor who is no administrator. */
export function adminsOnly(): DomainError {
  return new DomainError("forbidden", "Only an administrator can do this.");
}

/** Runs work in the background where the process can; elsewhere, the caller waits for it. */
export async function inBackground(
  { background }: Ctx,
  name: string,
  work: () => Promise<void>,
): Promise<void> {
  if (background) background(name, work);
  else await work();
}

/**
 * Sends a mail. Returns false if there is no mail server, or if it did not accept the mail, which the mailer logs.
 */
export async function trySendMail({ sendMail }: Ctx, mail: Mail): Promise<boolean> {
  if (sendMail === null) return false;
  return sendMail(mail).then(
    () => true,
    () => false,
  );
}

/** The client's IP address as the portal saw it; null if there is none. */
export function ipAddressOf({ actor }: Pick<Ctx, "actor">): string | null {
  return actor.kind === "system" ? null : actor.ipAddress;
}
