import { eq } from "drizzle-orm";
import { DEFAULT_BOUNDS } from "#core/bounds.ts";
import { newId } from "#core/ids.ts";
import { DAY_MS } from "#core/time.ts";
import { generateToken, hashToken, hintOf } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import type { SiteRole } from "#db/tables/accounts.ts";
import type { ProjectRole } from "#db/tables/projects.ts";
import { type Actor, type Ctx, createContext, type UserActor } from "#domain/context.ts";
import { createKey } from "#domain/keys/create.ts";
import { createKeySchema, type KeyWithSecret } from "#domain/keys/schema.ts";
import { sealerWith } from "#domain/secrets/sealer.ts";
import type { OidcProvider } from "#platform/oidc-settings.ts";

/** Monday, noon (UTC): the initial time of a test's clock. */
export const START = Date.UTC(2026, 10, 23, 12);

/** A manual clock. */
export function makeClock(startMs = START) {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    set(ms: number) {
      nowMs = ms;
    },
    advance(ms: number) {
      nowMs += ms;
    },
  };
}
export type Clock = ReturnType<typeof makeClock>;

export const TEST_SETTINGS: Ctx["settings"] = {
  keyPrefix: "lk",
  url: "https://keys.example.com",
  verifierUrl: "https://verify.example.com",
  signUp: { kind: "invite" },
  oidc: [],
  signUpMailsPerHour: 100,
  sessions: { idleMs: 7 * DAY_MS, maxMs: 30 * DAY_MS },
  webhooksToPrivate: false,
  staleMaxSeconds: 60,
  bounds: DEFAULT_BOUNDS,
};

const TEST_SEALER = sealerWith("only-for-tests-only-for-tests-0123456789");

/** An OpenID Connect provider of the settings. */
export function makeProvider(more: Partial<OidcProvider> = {}): OidcProvider {
  const id = more.id ?? "oidc";
  return {
    id,
    issuer: `https://${id}.example`,
    clientId: "latchkey",
    clientSecret: "only for tests",
    name: id,
    trustedDomains: [],
    requiredDomains: [],
    linkDomains: null,
    scopes: "openid email profile",
    groupsClaim: "groups",
    adminGroups: [],
    ...more,
  };
}

/** A context for `actor`. */
export function ctxOf(db: Db, actor: Actor, more: Partial<Ctx> & { clock?: Clock } = {}): Ctx {
  const { clock, ...rest } = more;
  const now = clock?.now ?? (() => START);
  return createContext(
    { db, now, settings: TEST_SETTINGS, sealer: TEST_SEALER, ...rest },
    rest.actor ?? actor,
  );
}

let users = 0;

/** Creates a signed-in user with a unique name and email address. */
export async function makeUser(
  db: Db,
  { siteRole = "developer" as SiteRole, name = `Person ${++users}`, email = "" } = {},
): Promise<UserActor & { email: string }> {
  const userId = newId("user");
  const address = email || `${userId.toLowerCase()}@example.com`;
  await db.write((tx) =>
    tx.q.insert(tx.t.users).values({ id: userId, email: address, name, siteRole, createdAt: START }),
  );
  return { kind: "user", userId, name, siteRole, via: "session", ipAddress: "198.51.100.7", email: address };
}

export const makeAdmin = (db: Db) => makeUser(db, { siteRole: "admin" });

/** Creates a project with one owner and returns its id. */
export async function makeProject(db: Db, owner: UserActor, name = "Chat"): Promise<string> {
  const projectId = newId("project");
  await db.write(async (tx) => {
    await tx.q
      .insert(tx.t.projects)
      .values({ id: projectId, name, createdAt: START, createdBy: owner.userId });
    await tx.q
      .insert(tx.t.memberships)
      .values({ projectId, userId: owner.userId, role: "owner", createdAt: START });
  });
  return projectId;
}

/** Creates a user with `role` in the project, with a unique email address unless one is given. */
export async function makeMember(db: Db, projectId: string, role: ProjectRole, email = "") {
  const user = await makeUser(db, { email });
  await db.write((tx) =>
    tx.q.insert(tx.t.memberships).values({ projectId, userId: user.userId, role, createdAt: START }),
  );
  return user;
}

/** Creates an API with these operations and returns its id. */
export async function makeApi(
  db: Db,
  slug: string,
  {
    operations = [] as (string | Operation)[],
    scopes = [] as string[],
    access = "open" as "open" | "approval",
  } = {},
): Promise<string> {
  const id = newId("api");
  await db.write(async (tx) => {
    await tx.q.insert(tx.t.apis).values({
      id,
      slug,
      name: slug,
      description: "",
      access,
      allowKeyInUrl: false,
      scopes: scopes.map((name) => ({ name, description: "", fromDocument: false })),
      createdAt: START,
      updatedAt: START,
    });
    if (operations.length === 0) return;
    await tx.q
      .insert(tx.t.operations)
      .values(
        operations
          .map((operation) => (typeof operation === "string" ? { name: operation } : operation))
          .map((operation, position) => ({ ...operation, apiId: id, position })),
      );
  });
  return id;
}

/** An operation with its method and path, and the scopes that it needs. */
interface Operation {
  name: string;
  method?: string;
  path?: string;
  requiredScopes?: string[][];
}

/** Enables the API with this slug for the project. */
export async function enableFor(db: Db, projectId: string, slug: string): Promise<void> {
  await db.write(async (tx) => {
    const [api] = await tx.q.select().from(tx.t.apis).where(eq(tx.t.apis.slug, slug));
    if (!api) throw new Error(`create the API ${slug} first`);
    await tx.q.insert(tx.t.projectApis).values({
      projectId,
      apiId: api.id,
      status: "enabled",
      requestedBy: "test",
      requestedAt: START,
    });
  });
}

/** Creates a key as `ctx.actor`; by default a live one. */
export function makeKey(
  ctx: Ctx,
  projectId: string,
  fields: Record<string, unknown> = {},
): Promise<KeyWithSecret> {
  const input = { projectId, name: "checkout server", environment: "live", ...fields };
  return createKey({ ctx, input: createKeySchema.parse(input) });
}

/** Creates a service token for one API (by id) or for all. */
export async function makeServiceToken(
  db: Db,
  apiId: string | null = null,
  { trustedProxies = [] as string[] } = {},
): Promise<{ id: string; token: string }> {
  const [id, token] = [newId("serviceToken"), generateToken(TEST_SETTINGS.keyPrefix, "svc")];
  await db.write((tx) =>
    tx.q.insert(tx.t.serviceTokens).values({
      id,
      name: "edge",
      hash: hashToken(token),
      hint: hintOf(token),
      apiId,
      trustedProxies,
      createdAt: START,
      createdBy: "test",
    }),
  );
  return { id, token };
}
