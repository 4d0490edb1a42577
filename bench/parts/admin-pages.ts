import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateDb } from "#db/migrate.ts";
import { type Db, openDb } from "#db/open.ts";
import type { Ctx } from "#domain/context.ts";
import { previewSweep } from "#domain/keys/lifecycle/sweeps/preview.ts";
import { getSweep } from "#domain/keys/lifecycle/sweeps/read.ts";
import { runSweeps } from "#domain/keys/lifecycle/sweeps/run-sweeps.ts";
import { previewSweepSchema } from "#domain/keys/lifecycle/sweeps/schema.ts";
import { startSweep } from "#domain/keys/lifecycle/sweeps/start.ts";
import { listUnusedKeys } from "#domain/keys/lifecycle/unused/list.ts";
import { listUnusedSchema } from "#domain/keys/lifecycle/unused/schema.ts";
import { startPostgres } from "#test/postgres.ts";
import { asAdmin } from "../lib/admin.ts";
import { type Goal, median, shown } from "../lib/goal.ts";
import { fillKeys, KEYS, NOW, PROJECTS } from "../lib/million-keys.ts";

const SWEPT = 10_000;
const DEEP = 100_000;
const TIMES = 30;
/** Interval of other writes while keys are revoked, ms. */
const OTHER_EVERY_MS = 25;

/** The page of unused keys among a million keys, on both databases. */
export async function measureAdminPages(): Promise<Goal[]> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  const server = await startPostgres();
  try {
    const goals: Goal[] = [];
    for (const [name, url] of [
      ["SQLite", `file:${join(folder, "latchkey.db")}`],
      ["Postgres", server.url],
    ] as const) {
      await migrateDb(url);
      await fillKeys(url);
      const [db, other] = [await openDb(url), await openDb(url)];
      try {
        const ctx = await asAdmin(db, () => NOW);
        goals.push(...(await measureList(name, ctx)), ...(await measureSweep(name, ctx, other)));
      } finally {
        await db.close();
        await other.close();
      }
    }
    return goals;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureList(name: string, ctx: Ctx): Promise<Goal[]> {
  const page = async (cursor?: string) => {
    const startedAt = performance.now();
    const { items, total } = await listUnusedKeys({
      ctx,
      input: listUnusedSchema.parse({ unusedForDays: 90, ...(cursor ? { cursor } : {}) }),
    });
    return { took: performance.now() - startedAt, items, total };
  };
  const deepCursor = await cursorAt(ctx, DEEP);
  const times = { first: [] as number[], deep: [] as number[] };
  for (let n = 0; n < TIMES; n++) {
    times.first.push((await page()).took);
    times.deep.push((await page(deepCursor)).took);
  }
  const { total } = await page();
  return [
    {
      name: `Unused keys among ${shown(KEYS)}, ${name}: first page, median`,
      measured: median(times.first),
      limit: 150,
      is: "at most",
      unit: "ms",
      details: [`${TIMES} times, 50 keys with owners and exemptions, ${shown(total)} or more match`],
    },
    {
      name: `Unused keys among ${shown(KEYS)}, ${name}: the page after the ${shown(DEEP)}th against the first`,
      measured: median(times.deep) / median(times.first),
      limit: 1.2,
      is: "at most",
      unit: "times",
      details: [`median ${shown(median(times.deep))} ms`],
    },
  ];
}

/** The list's cursor after `place` keys. */
async function cursorAt(ctx: Ctx, place: number): Promise<string> {
  let cursor: string | undefined;
  for (let seen = 0; seen < place; seen += 200) {
    const page = await listUnusedKeys({
      ctx,
      input: listUnusedSchema.parse({ unusedForDays: 90, limit: 200, ...(cursor ? { cursor } : {}) }),
    });
    cursor = page.nextCursor ?? undefined;
  }
  return cursor ?? "";
}

/** Revokes keys as the portal does, during other writes in the same process. */
async function measureSweep(name: string, ctx: Ctx, other: Db): Promise<Goal[]> {
  const filter = { unusedForDays: 90, used: "never" as const };
  const chosen: string[] = [];
  for (let cursor: string | undefined; chosen.length < SWEPT; ) {
    const page = await listUnusedKeys({
      ctx,
      input: listUnusedSchema.parse({ ...filter, limit: 200, ...(cursor ? { cursor } : {}) }),
    });
    chosen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  }
  const waits: number[] = [];
  let over = false;
  const writing = (async () => {
    while (!over) {
      // Measured from when it was due, because a blocked process delays writes too.
      const dueAt = performance.now() + OTHER_EVERY_MS;
      await new Promise((resolve) => setTimeout(resolve, OTHER_EVERY_MS));
      await other.write(({ q, t }) =>
        q.insert(t.changes).values({ kind: "project", subject: "prj_other", at: NOW }),
      );
      waits.push(performance.now() - dueAt);
    }
  })();
  const startedAt = performance.now();
  const input = previewSweepSchema.parse({ filter, keyIds: chosen, reason: "nobody uses them" });
  const { id: sweepId } = await previewSweep({ ctx, input });
  await startSweep({ ctx, input: { sweepId } });
  const clock = () => performance.now();
  for (let state = "running"; state === "running"; ) {
    await runSweeps({ read: ctx.db.read, contextFor: () => ctx, clock });
    ({ state } = await getSweep({ ctx, input: { sweepId } }));
  }
  const seconds = (performance.now() - startedAt) / 1000;
  over = true;
  await writing;
  const { keys } = await getSweep({ ctx, input: { sweepId } });
  if (keys.revoked !== SWEPT) throw new Error(`only ${keys.revoked} were revoked`);
  return [
    {
      name: `Revoking ${shown(SWEPT)} keys of ${shown(KEYS)}, preview and notices included, ${name}`,
      measured: seconds,
      limit: 60,
      is: "at most",
      unit: "s",
      details: [`owners of ${shown(PROJECTS)} projects notified`],
    },
    {
      name: `Longest delay of another write meanwhile, ${name}`,
      measured: Math.max(...waits),
      limit: 500,
      is: "at most",
      unit: "ms",
      details: [`${waits.length} writes, median ${shown(median(waits))} ms`],
    },
  ];
}
