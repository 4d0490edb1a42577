import { beforeEach, expect, test } from "vitest";
import { setBytes } from "#core/restrictions/kinds.ts";
import { NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeKey, makeProject, makeUser, TEST_SETTINGS } from "#test/people.ts";
import type { Ctx } from "../../context.ts";
import { updateKey } from "../update.ts";

let db: Db;
let ctx: Ctx;
let projectId: string;

beforeEach(async () => {
  db = await openTestDb();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner);
  projectId = await makeProject(db, owner);
});

const sites = (count: number, length: number): Restrictions => ({
  ...NO_RESTRICTIONS,
  referrers: Array.from({ length: count }, (_, n) => `h${n}.example.com/${"p".repeat(length)}`),
});
const HALF = sites(500, 50);

test("restrictions of more than 64 KiB are rejected, and the message names limit and size", async () => {
  const large = sites(990, 200);
  await expect(makeKey(ctx, projectId, { restrictions: large })).rejects.toMatchObject({
    code: "invalid",
    errors: [
      {
        path: "restrictions",
        message: expect.stringMatching(
          new RegExp(`have ${setBytes(large).toLocaleString("en")} bytes .* may have 65,536 \\(64 KiB\\)`),
        ),
      },
    ],
  });
});

test("enforced and report-only restrictions count together, however they are created", async () => {
  expect(setBytes(HALF)).toBeGreaterThan(32_768);
  await expect(makeKey(ctx, projectId, { restrictions: HALF, trial: HALF })).rejects.toMatchObject({
    code: "invalid",
  });
  const { key } = await makeKey(ctx, projectId, { restrictions: HALF });
  const trial = updateKey({ ctx, input: { projectId, keyId: key.id, trial: HALF } });
  await expect(trial).rejects.toMatchObject({ code: "invalid" });
});

test("larger restrictions from before can be renamed and reduced, but not enlarged", async () => {
  const { key } = await makeKey(ctx, projectId, { restrictions: sites(300, 45) });
  const strict = {
    ...ctx,
    settings: { ...TEST_SETTINGS, bounds: { ...TEST_SETTINGS.bounds, restrictionBytes: 2_048 } },
  };
  const update = (fields: object) =>
    updateKey({ ctx: strict, input: { projectId, keyId: key.id, ...fields } });
  await update({ name: "renamed" });
  await update({ restrictions: sites(200, 45) });
  await expect(update({ restrictions: sites(201, 45) })).rejects.toMatchObject({ code: "invalid" });
});

test("a deployment may allow fewer than a thousand entries in each set", async () => {
  const strict = {
    ...ctx,
    settings: { ...TEST_SETTINGS, bounds: { ...TEST_SETTINGS.bounds, restrictionEntries: 2 } },
  };
  await makeKey(strict, projectId, { restrictions: sites(2, 1), trial: sites(2, 1) });
  for (const field of ["restrictions", "trial"]) {
    await expect(makeKey(strict, projectId, { [field]: sites(3, 1) })).rejects.toMatchObject({
      code: "invalid",
      errors: [{ path: field }],
    });
  }
});
