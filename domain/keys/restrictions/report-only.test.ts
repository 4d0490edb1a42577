import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { NO_RESTRICTIONS } from "#core/restrictions/types.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { type Clock, ctxOf, makeClock, makeKey, makeProject, makeUser } from "#test/people.ts";
import type { Ctx } from "../../context.ts";
import { updateKeySchema } from "../schema.ts";
import { updateKey } from "../update.ts";

let db: Db;
let clock: Clock;
let ctx: Ctx;
let projectId: string;
beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock });
  projectId = await makeProject(db, owner);
});

const update = (keyId: string, fields: object) =>
  updateKey({ ctx, input: updateKeySchema.parse({ projectId, keyId, ...fields }) });

describe("report-only restrictions", () => {
  const trial = { ips: ["198.51.100.7"] };

  test("are saved beside the restrictions, with a date, and don't change them", async () => {
    const { key } = await makeKey(ctx, projectId, { restrictions: { referrers: ["example.com"] } });
    clock.advance(1_000);
    const tried = await update(key.id, { trial });
    expect(tried).toEqual({
      ...key,
      trial: { ...NO_RESTRICTIONS, ...trial },
      trialSince: new Date(clock.now()).toISOString(),
    });
  });

  test("continue counting when saved unchanged, and count from zero when changed", async () => {
    const { key } = await makeKey(ctx, projectId, { trial });
    clock.advance(1_000);
    expect((await update(key.id, { trial, name: "till" })).trialSince).toBe(key.trialSince);
    const other = await update(key.id, { trial: { ips: ["198.51.100.8"] } });
    expect(other.trialSince).toBe(new Date(clock.now()).toISOString());
  });

  test("are enforced in one change, and dropped in one", async () => {
    const { key } = await makeKey(ctx, projectId, { trial });
    expect(await update(key.id, { restrictions: trial, trial: null })).toMatchObject({
      restrictions: trial,
      trial: null,
      trialSince: null,
    });
    const again = await update(key.id, { trial });
    expect(again.trial).not.toBeNull();
    expect(await update(key.id, { trial: null })).toMatchObject({ trial: null, trialSince: null });
  });

  test("are in the change feed and in the audit log", async () => {
    const { key } = await makeKey(ctx, projectId);
    const changes = await db.read.q.$count(db.read.t.changes);
    await update(key.id, { trial });
    expect(await db.read.q.$count(db.read.t.changes)).toBe(changes + 1);
    const [row] = await db.read.q
      .select()
      .from(db.read.t.audit)
      .where(eq(db.read.t.audit.action, "key.updated"));
    expect(row).toMatchObject({
      before: { trial: null },
      after: { trial: { entries: 1, added: { ips: ["198.51.100.7"] } } },
    });
  });
});
