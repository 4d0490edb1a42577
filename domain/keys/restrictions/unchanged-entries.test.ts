import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, enableFor, makeApi, makeClock, makeKey, makeProject, makeUser } from "#test/people.ts";
import { disableApi } from "../../catalog/enablement/disable.ts";
import type { Ctx } from "../../context.ts";
import { updateKeySchema } from "../schema.ts";
import { updateKey } from "../update.ts";
import { dryRun } from "./dry-run.ts";
import { dryRunSchema } from "./schema.ts";

const LISTED = { api: "badges", operations: ["badges.list", "badges.sync"] };
const WHOLE = { api: "badges", operations: [] };

let db: Db;
let ctx: Ctx;
let projectId: string;
beforeEach(async () => {
  db = await openTestDb();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock: makeClock() });
  projectId = await makeProject(db, owner);
  await makeApi(db, "badges", { operations: ["badges.list", "badges.sync"] });
  await enableFor(db, projectId, "badges");
});

/** A key created while the project had the API enabled; the project has disabled it since. */
async function keyOfGoneApi(fields: Record<string, unknown>): Promise<string> {
  const { key } = await makeKey(ctx, projectId, fields);
  await disableApi({ ctx, input: { projectId, slug: "badges" } });
  return key.id;
}

const update = (keyId: string, fields: object) =>
  updateKey({ ctx, input: updateKeySchema.parse({ projectId, keyId, ...fields }) });

test.each([LISTED, WHOLE])(
  "report-only restrictions to a deleted API can be widened, dry-run and enforced",
  async (entry) => {
    const keyId = await keyOfGoneApi({ trial: { apis: [entry] } });
    const trial = { apis: [entry], ips: ["198.51.100.7"] };
    expect((await update(keyId, { trial })).trial).toMatchObject(trial);
    const input = dryRunSchema.parse({ projectId, keyId, restrictions: trial });
    expect((await dryRun({ ctx, input })).checks).toBe(0);
    expect(await update(keyId, { restrictions: trial, trial: null })).toMatchObject({
      restrictions: trial,
      trial: null,
    });
  },
);

test("enforced restrictions to a deleted API can become report-only", async () => {
  const keyId = await keyOfGoneApi({ restrictions: { apis: [LISTED] } });
  expect((await update(keyId, { trial: { apis: [LISTED] } })).trial?.apis).toEqual([LISTED]);
});

test("an operation can be removed from an entry whose API was deleted", async () => {
  const keyId = await keyOfGoneApi({ restrictions: { apis: [LISTED] } });
  const apis = [{ api: "badges", operations: ["badges.list"] }];
  expect((await update(keyId, { restrictions: { apis } })).restrictions.apis).toEqual(apis);
});

test("an operation can be added next to a removed operation", async () => {
  const { key } = await makeKey(ctx, projectId, {
    restrictions: { apis: [{ api: "badges", operations: ["badges.sync"] }] },
  });
  const { operations } = db.read.t;
  await db.write((tx) => tx.q.delete(operations).where(eq(operations.name, "badges.sync")));
  expect((await update(key.id, { restrictions: { apis: [LISTED] } })).restrictions.apis).toEqual([LISTED]);
});

test("nothing new can be requested of a deleted API, not even the whole API", async () => {
  const error = { errors: [{ path: "restrictions.apis.0.api" }] };
  const keyId = await keyOfGoneApi({
    restrictions: { apis: [{ api: "badges", operations: ["badges.list"] }] },
  });
  for (const apis of [[LISTED], [WHOLE]]) {
    await expect(update(keyId, { restrictions: { apis } })).rejects.toMatchObject(error);
  }
});
