import { beforeEach, expect, test } from "vitest";
import { NO_RESTRICTIONS } from "#core/restrictions/types.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeKey, makeProject, makeUser } from "#test/people.ts";
import type { Ctx } from "../context.ts";
import { getKey } from "./list.ts";
import { updateKeySchema } from "./schema.ts";
import { updateKey } from "./update.ts";

let ctx: Ctx;
let input: { projectId: string; keyId: string };
beforeEach(async () => {
  const db = await openTestDb();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner);
  const projectId = await makeProject(db, owner);
  input = { projectId, keyId: (await makeKey(ctx, projectId)).key.id };
});

const update = (fields: object) =>
  updateKey({ ctx, input: updateKeySchema.parse({ ...input, name: "renamed", ...fields }) });
const of = (...ips: string[]) => ({ ...NO_RESTRICTIONS, ips });

test("of two users who edit the same restrictions at once one gets a conflict, and none of their changes are saved", async () => {
  const expected = { restrictions: NO_RESTRICTIONS, trial: null };
  const outcomes = await Promise.allSettled(
    ["198.51.100.7", "203.0.113.9"].map((address) => update({ restrictions: of(address), expected })),
  );
  const saved = outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value.restrictions] : []));
  const errors = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
  expect(errors).toEqual(["conflict"]);
  expect(saved).toEqual([(await getKey({ ctx, input })).restrictions]);
});

test("expected report-only restrictions are compared like enforced ones, each where they are named", async () => {
  const { restrictions, trial } = await update({ trial: of("198.51.100.7") });
  const changed = { trial: of("203.0.113.9") };
  await expect(update({ ...changed, name: "no", expected: { trial: null } })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await getKey({ ctx, input })).toMatchObject({ name: "renamed", trial: of("198.51.100.7") });
  expect((await update({ ...changed, expected: { restrictions } })).trial).toEqual(changed.trial);
  expect((await update({ trial: null, expected: changed })).trial).toBeNull();
  expect(trial).toEqual(of("198.51.100.7"));
});

test("an update without expectations replaces what is there", async () => {
  await update({ restrictions: of("198.51.100.7") });
  expect((await update({ restrictions: of("203.0.113.9") })).restrictions.ips).toEqual(["203.0.113.9"]);
});

test("a key can't end in the past, however long ago", async () => {
  for (const expiresAt of ["1970-01-01T00:00:00Z", "2020-01-01T00:00:00Z"]) {
    await expect(update({ expiresAt }), expiresAt).rejects.toMatchObject({ code: "invalid" });
  }
  expect((await getKey({ ctx, input })).expiresAt).toBeNull();
});
