import { eq } from "drizzle-orm";
import { beforeEach } from "vitest";
import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import type { Ctx, UserActor } from "#domain/context.ts";
import { previewSweep } from "#domain/keys/lifecycle/sweeps/preview.ts";
import { getSweep } from "#domain/keys/lifecycle/sweeps/read.ts";
import { runSweeps } from "#domain/keys/lifecycle/sweeps/run-sweeps.ts";
import { previewSweepSchema } from "#domain/keys/lifecycle/sweeps/schema.ts";
import { getKey } from "#domain/keys/list.ts";
import { openTestDb } from "./db.ts";
import { ctxOf, makeAdmin, makeClock, makeKey, makeProject, makeUser, START } from "./people.ts";

export const clock = makeClock();
export let db: Db;
/** An administrator's. */
export let ctx: Ctx;
export let owner: UserActor;
export let projectId: string;

/** Creates a database with a project that is 200 days old, before each test. */
export function setUpOldProject(): void {
  beforeEach(async () => {
    clock.set(START - 200 * DAY_MS);
    db = await openTestDb();
    owner = await makeUser(db);
    projectId = await makeProject(db, owner, "Chat");
    ctx = ctxOf(db, await makeAdmin(db), { clock });
  });
}

/** A key created 200 days ago and last used `usedDaysAgo` days ago; null for never. */
export async function add(name: string, usedDaysAgo: number | null = null): Promise<string> {
  const { key } = await makeKey(ctxOf(db, owner, { clock: makeClock(START - 200 * DAY_MS) }), projectId, {
    name,
  });
  if (usedDaysAgo !== null) await use(key.id, START - usedDaysAgo * DAY_MS);
  return key.id;
}
export const use = (keyId: string, lastUsedAt: number) =>
  db.write((tx) => tx.q.update(tx.t.keys).set({ lastUsedAt }).where(eq(tx.t.keys.id, keyId)));
export const preview = (fields: object = {}) =>
  previewSweep({
    ctx,
    input: previewSweepSchema.parse({ filter: { unusedForDays: 90 }, reason: "nobody uses them", ...fields }),
  });
const contextFor = (by: { userId: string; name: string }) =>
  ctxOf(db, { kind: "user", ...by, siteRole: "admin", via: "session", ipAddress: null }, { clock });
export const work = () => runSweeps({ read: db.read, contextFor, clock: () => 0 });
export const statusOf = async (keyId: string) => (await getKey({ ctx, input: { projectId, keyId } })).status;
export const sweepOf = (sweepId: string) => getSweep({ ctx, input: { sweepId } });
