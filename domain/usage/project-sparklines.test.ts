import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeKey, makeProject, makeUser, START } from "#test/people.ts";
import { countKeys } from "../keys/count.ts";
import { createKey } from "../keys/create.ts";
import { revokeKey } from "../keys/revoke.ts";
import { createKeySchema } from "../keys/schema.ts";
import { projectSparklines } from "./project-sparklines.ts";

const TODAY = Math.floor(START / DAY_MS) * DAY_MS;

test("a project's week has seven days, oldest first, with denied requests apart and no other project's requests", async () => {
  const db = await openTestDb();
  const owner = await makeUser(db);
  const mine = await makeProject(db, owner);
  const strangers = await makeProject(db, await makeUser(db));
  const row = (projectId: string, bucket: number, code: "VALID" | "KEY_EXPIRED", count: number) => ({
    interval: "day" as const,
    projectId,
    bucket,
    keyId: "key_1",
    secretId: "sec_1",
    api: "badges",
    operation: "",
    environment: "live" as const,
    code,
    count,
  });
  await db.write((tx) =>
    tx.q
      .insert(tx.t.usage)
      .values([
        row(mine, TODAY, "VALID", 5),
        row(mine, TODAY, "KEY_EXPIRED", 2),
        row(mine, TODAY - 6 * DAY_MS, "VALID", 3),
        row(mine, TODAY - 7 * DAY_MS, "VALID", 100),
        row(strangers, TODAY, "VALID", 9),
      ]),
  );
  const weeks = await projectSparklines({ ctx: ctxOf(db, owner), input: { projectIds: [mine, strangers] } });
  const none = { valid: 0, denied: 0 };
  expect(weeks).toEqual({
    [mine]: [{ valid: 3, denied: 0 }, none, none, none, none, none, { valid: 5, denied: 2 }],
  });
});

test("each key is counted in exactly one state, and keys near their expiry are counted too", async () => {
  const db = await openTestDb();
  const owner = await makeUser(db);
  const ctx = ctxOf(db, owner);
  const projectId = await makeProject(db, owner);
  const revoked = await makeKey(ctx, projectId);
  await makeKey(ctx, projectId);
  const soon = new Date(START + 5 * DAY_MS).toISOString();
  await createKey({
    ctx,
    input: createKeySchema.parse({ projectId, name: "ends", environment: "live", expiresAt: soon }),
  });
  await revokeKey({ ctx, input: { projectId, keyId: revoked.key.id } });
  // The end of its maximum lifetime.
  const { key: outlived } = await makeKey(ctx, projectId);
  await db.write(({ q, t: { keys } }) =>
    q
      .update(keys)
      .set({ lifeEndsAt: START + 5 * DAY_MS })
      .where(eq(keys.id, outlived.id)),
  );
  const counts = (nowMs: number) => countKeys({ ctx: { ...ctx, now: () => nowMs }, input: { projectId } });
  expect(await counts(START)).toEqual({
    active: 3,
    disabled: 0,
    expired: 0,
    revoked: 1,
    pendingApproval: 0,
    expiringSoon: 2,
    unrestrictedLive: 3,
  });
  expect(await counts(START + 6 * DAY_MS)).toMatchObject({ active: 1, expired: 2, expiringSoon: 0 });
});
