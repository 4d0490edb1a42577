import { eq, getTableColumns, getTableName, type SQL, sql } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import type { Db } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { createManagementToken } from "#domain/access/management-tokens/create.ts";
import { createProjectToken } from "#domain/access/management-tokens/project-tokens.ts";
import { inviteMember } from "#domain/access/members/invite.ts";
import { createBillingExport } from "#domain/billing/export/manage.ts";
import { createBillingExportSchema } from "#domain/billing/export/schema.ts";
import type { Actor, Ctx, UserActor } from "#domain/context.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { rotateKey } from "#domain/keys/rotate.ts";
import { startTry } from "#domain/keys/try-it/session.ts";
import { createWebhook } from "#domain/notifications/webhooks/create.ts";
import { testWebhook } from "#domain/notifications/webhooks/send.ts";
import { createSiteWebhook, testSiteWebhook } from "#domain/notifications/webhooks/site.ts";
import { fixtureForEach } from "../db.ts";
import {
  ctxOf,
  enableFor,
  makeAdmin,
  makeApi,
  makeClock,
  makeKey,
  makeMember,
  makeProject,
  makeServiceToken,
  makeUser,
  START,
} from "../people.ts";
import { makePlan, subscribeTo } from "../plans.ts";

/** The actors of the tests. */
export type TestActor = "admin" | "owner" | "developer" | "viewer" | "stranger" | "guest" | "visitor";

/** A project with one of everything, and its environment. */
export interface VerbFixture {
  db: Db;
  actors: Record<TestActor, Actor>;
  users: Record<Exclude<TestActor, "visitor">, UserActor & { email: string }>;
  ids: Ids;
  /** Texts that no outsider may ever see. */
  hidden: string[];
}

export interface Ids {
  projectId: string;
  deletedProjectId: string;
  keyId: string;
  /** An older secret of the key, in its overlap. */
  secretId: string;
  revokedKeyId: string;
  testKeyId: string;
  /** A temporary secret of the test key. */
  temporarySecretId: string;
  /** The event of the key's rotation by its owner, which the project's developers were notified of. */
  eventId: string;
  webhookId: string;
  deliveryId: string;
  siteWebhookId: string;
  siteDeliveryId: string;
  /** A previewed sweep with one key. */
  sweepId: string;
  invitationId: string;
  /** The token of the guest's invitation link. */
  invitationToken: string;
  serviceTokenId: string;
  exportId: string;
  /** Of the owner. */
  managementTokenId: string;
  /** Of the project. */
  projectTokenId: string;
  viewerId: string;
  /** A developer other than `developer`. */
  colleagueId: string;
  ownerId: string;
  strangerId: string;
}

export const ctxIn = (fixture: VerbFixture, who: TestActor, more: Partial<Ctx> = {}): Ctx =>
  ctxOf(fixture.db, fixture.actors[who], { now: () => START + 60_000, ...more });

/**
 * Creates a fixture: the API `badges`, with the guide `start`, is enabled for the project on the plan `free`, another plan
 * is `pro`, access to `offers` is pending, and `live` can be enabled.
 */
export async function createVerbFixture(db: Db): Promise<VerbFixture> {
  const owner = await makeUser(db, { name: "Olga Owner" });
  const projectId = await makeProject(db, owner, "Project Xyzzy");
  const users = {
    admin: await makeAdmin(db),
    owner,
    developer: await makeMember(db, projectId, "developer"),
    viewer: await makeMember(db, projectId, "viewer"),
    stranger: await makeUser(db),
    guest: await makeUser(db, { email: "guest@example.com" }),
  };
  const colleague = await makeMember(db, projectId, "developer");
  const badgesId = await makeApi(db, "badges", {
    operations: [{ name: "badges.sync", method: "POST", path: "/badges" }],
  });
  const guide = { slug: "start", title: "Start", body: "Hi", position: 0, updatedAt: START };
  await db.write(({ q, t }) => q.insert(t.guides).values({ apiId: badgesId, ...guide }));
  await makeApi(db, "live");
  const offersId = await makeApi(db, "offers", { access: "approval" });
  await enableFor(db, projectId, "badges");
  const freeId = await makePlan(db, badgesId, { slug: "free" });
  await makePlan(db, badgesId, { slug: "pro" });
  await subscribeTo(db, projectId, freeId);
  const deletedProjectId = await makeProject(db, users.stranger, "Deleted");
  await db.write(({ q, t: { projects } }) =>
    q.update(projects).set({ deletedAt: START }).where(eq(projects.id, deletedProjectId)),
  );
  await db.write((tx) =>
    tx.q.insert(tx.t.projectApis).values({
      projectId,
      apiId: offersId,
      status: "pending",
      requestedBy: owner.userId,
      requestedAt: START,
    }),
  );
  const ctx = ctxOf(db, owner, { clock: makeClock() });
  const { key, secret } = await makeKey(ctx, projectId, { name: "Key Plugh" });
  const rotated = await rotateKey({ ctx, input: { projectId, keyId: key.id, overlapSeconds: 3_600 } });
  const older = rotated.key.secrets.find((one) => one.lapsesAt !== null);
  if (!older) throw new Error("a rotation leaves an older secret");
  const revoked = await makeKey(ctx, projectId, { name: "Key Plover" });
  await revokeKey({ ctx, input: { projectId, keyId: revoked.key.id } });
  const tested = await makeKey(ctx, projectId, { name: "Key Plot", environment: "test" });
  const temporary = await startTry({ ctx, input: { projectId, keyId: tested.key.id } });
  const invited = await inviteMember({
    ctx,
    input: { projectId, email: users.guest.email, role: "developer" },
  });
  const [event] = await db.read.q
    .select()
    .from(db.read.t.events)
    .where(eq(db.read.t.events.kind, "key.rotated"));
  if (!event) throw new Error("the rotation queued no event");
  const { webhook } = await createWebhook({
    ctx,
    input: { projectId, url: "https://example.com/hooks", kinds: ["key.leaked"] },
  });
  const { deliveryId } = await testWebhook({ ctx, input: { projectId, webhookId: webhook.id } });
  const site = ctxOf(db, users.admin);
  const siteWebhook = await createSiteWebhook({
    ctx: site,
    input: { url: "https://example.com/site", kinds: ["quota.exhausted"] },
  });
  const siteWebhookId = siteWebhook.webhook.id;
  const siteTest = await testSiteWebhook({ ctx: site, input: { webhookId: siteWebhookId } });
  const sweepId = newId("sweep");
  await db.write(async (tx) => {
    await tx.q.insert(tx.t.sweeps).values({
      id: sweepId,
      createdBy: users.admin.userId,
      createdByName: users.admin.name,
      createdAt: START,
      unusedForDays: 30,
      reason: "nobody uses it",
      state: "preview",
    });
    await tx.q.insert(tx.t.sweepKeys).values({ sweepId, keyId: key.id, projectId, state: "waiting" });
  });
  const managed = await createManagementToken({ ctx, input: { name: "deploy" } });
  const projectToken = await createProjectToken({
    ctx,
    input: { projectId, name: "Token Plover", role: "developer" },
  });
  const service = await makeServiceToken(db);
  const billingExport = await createBillingExport({
    ctx: ctxOf(db, users.admin),
    input: createBillingExportSchema.parse({
      name: "Billing",
      adapter: "cloudevents",
      url: "https://billing.example/events",
    }),
  });
  return {
    db,
    users,
    actors: { ...users, visitor: { kind: "visitor", ipAddress: "203.0.113.9" } },
    ids: {
      projectId,
      keyId: key.id,
      secretId: older.id,
      revokedKeyId: revoked.key.id,
      testKeyId: tested.key.id,
      temporarySecretId: temporary.secretId,
      eventId: event.id,
      sweepId,
      webhookId: webhook.id,
      deliveryId,
      siteWebhookId,
      siteDeliveryId: siteTest.deliveryId,
      invitationId: invited.invitation.id,
      invitationToken: new URL(invited.link ?? "").searchParams.get("token") ?? "",
      serviceTokenId: service.id,
      exportId: billingExport.id,
      managementTokenId: managed.managementToken.id,
      projectTokenId: projectToken.managementToken.id,
      viewerId: users.viewer.userId,
      colleagueId: colleague.userId,
      ownerId: owner.userId,
      strangerId: users.stranger.userId,
      deletedProjectId,
    },
    hidden: [
      projectId,
      key.id,
      revoked.key.id,
      "Xyzzy",
      "Plugh",
      "Plover",
      secret,
      rotated.secret,
      owner.email,
    ],
  };
}

/** The same ids, but with a project that does not exist. */
export function absent(ids: Ids): Ids {
  return { ...ids, projectId: newId("project") };
}

/** Opens a new database with such a fixture, the same each time. */
export const openVerbFixture = fixtureForEach(createVerbFixture, (fixture, db) => ({ ...fixture, db }));

/** All rows of all tables as text, to compare databases. */
export async function dump(db: Db): Promise<string> {
  const tables = Object.entries(db.read.t).map(async ([name, table]) => {
    const rows = await db.read.q.select().from(table);
    return [name, rows.map((row) => JSON.stringify(row)).sort()];
  });
  return JSON.stringify(Object.fromEntries(await Promise.all(tables)), null, 1);
}

const lastStates = new WeakMap<Db, { version: number; state: string }>();

/** Like `dump`, but only comparable with texts of the same database. In one query: a hundred take longer than a verb. */
export async function stateOf(db: Db): Promise<string> {
  const { q, t } = db.read;
  if (db.dialect === "postgres") return joined(await q.select({ text }).from(sql`test.state() as text`));
  const [row] = await q.select({ version: sql<number>`data_version` }).from(sql`pragma_data_version`);
  const version = row?.version ?? 0;
  const last = lastStates.get(db);
  // No other connection, such as that of `db.write`, has committed since.
  if (last?.version === version) return last.state;
  const state = joined(await q.select({ text }).from(sqliteState(t)));
  lastStates.set(db, { version, state });
  return state;
}

const text = sql<string>`text`;
const joined = (rows: { text: string }[]) =>
  rows
    .map(({ text }) => text)
    .sort()
    .join("\n");

/** What `test.state()` of database-reuse.ts returns on Postgres. */
function sqliteState(tables: Tables): SQL {
  const selects = Object.values(tables).map((table) => {
    const columns = Object.values(getTableColumns(table)).map((column) => `quote("${column.name}")`);
    const name = getTableName(table);
    return `select '${name} ' || ${columns.join(" || ',' || ")} as text from "${name}"`;
  });
  return sql.raw(`(${selects.join(" union all ")}) as rows`);
}
