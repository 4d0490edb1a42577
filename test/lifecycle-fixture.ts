import { eq } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import type { Ctx, UserActor } from "#domain/context.ts";
import { runDailyJobs } from "#domain/keys/lifecycle/daily/run-daily-jobs.ts";
import { getKey } from "#domain/keys/list.ts";
import { listNotifications } from "#domain/notifications/list.ts";
import { openTestDb } from "./db.ts";
import { ctxOf, makeAdmin, makeClock, makeKey, makeProject, makeUser } from "./people.ts";

/** A project with an owner, an administrator and a clock that the test advances. */
export async function createLifecycleFixture() {
  const clock = makeClock();
  const db: Db = await openTestDb();
  const owner: UserActor = await makeUser(db);
  const projectId = await makeProject(db, owner, "Chat");
  const asOwner = ctxOf(db, owner, { clock });
  const admin: Ctx = ctxOf(db, await makeAdmin(db), { clock });
  const system: Ctx = ctxOf(db, { kind: "system" }, { clock });
  const notifications = async () =>
    (await listNotifications({ ctx: asOwner, input: { limit: 200, unread: false } })).items;
  return {
    clock,
    db,
    owner,
    projectId,
    asOwner,
    admin,
    system,
    notifications,
    add: async (name: string, fields: object = {}) =>
      (await makeKey(asOwner, projectId, { name, ...fields })).key.id,
    statusOf: async (keyId: string) => (await getKey({ ctx: admin, input: { projectId, keyId } })).status,
    /** The kinds of the owner's notifications, oldest first. */
    kinds: async () => (await notifications()).map(({ kind }) => kind).reverse(),
    use: (keyId: string, lastUsedAt: number) =>
      db.write((tx) => tx.q.update(tx.t.keys).set({ lastUsedAt }).where(eq(tx.t.keys.id, keyId))),
    /** Adds `count` identical keys, only their rows. */
    async addMany(count: number, fields: Record<string, unknown> = {}): Promise<void> {
      const { key } = await makeKey(asOwner, projectId, fields);
      await db.write(async ({ q, t: { keys } }) => {
        const [row] = await q.select().from(keys).where(eq(keys.id, key.id));
        if (!row) throw new Error("the key is missing");
        await q.insert(keys).values(Array.from({ length: count - 1 }, () => ({ ...row, id: newId("key") })));
      });
    },
    /** Advances day by day, as portals that run all the time would. */
    async pass(days: number): Promise<void> {
      for (let day = 0; day < days; day++) {
        clock.advance(DAY_MS);
        await runDailyJobs(system);
      }
    },
    /** Advances by several days and runs the jobs on the last one only. */
    async passTo(days: number): Promise<void> {
      clock.advance(days * DAY_MS);
      await runDailyJobs(system);
    },
  };
}

export type Site = Awaited<ReturnType<typeof createLifecycleFixture>>;
