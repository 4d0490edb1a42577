import type { Db } from "#db/open.ts";
import type { Ctx } from "#domain/context.ts";
import { updateKeySchema } from "#domain/keys/schema.ts";
import { updateKey } from "#domain/keys/update.ts";
import { openTestDb } from "./db.ts";
import {
  type Clock,
  ctxOf,
  enableFor,
  makeApi,
  makeClock,
  makeKey,
  makeProject,
  makeUser,
} from "./people.ts";
import { startTraffic, type Traffic } from "./traffic.ts";

/** A live key of a project that has enabled `badges`, with two operations, and `offers`, which lists none. */
export interface KeyWithTraffic {
  db: Db;
  clock: Clock;
  /** Its project's owner. */
  ctx: Ctx;
  projectId: string;
  keyId: string;
  secret: string;
  checks: Traffic;
  /** Calls `badges.list`, or what the fields say. */
  call(times: number, fields?: object): Promise<void>;
  /** Changes the key with immediate effect on checks. */
  change(fields: object): Promise<void>;
}

export async function createKeyWithTraffic(): Promise<KeyWithTraffic> {
  const db = await openTestDb();
  const clock = makeClock();
  const owner = await makeUser(db);
  const ctx = ctxOf(db, owner, { clock });
  const projectId = await makeProject(db, owner);
  await makeApi(db, "badges", { operations: ["badges.sync", "badges.list"] });
  await makeApi(db, "offers");
  for (const slug of ["badges", "offers"]) await enableFor(db, projectId, slug);
  const { secret, key } = await makeKey(ctx, projectId);
  const checks = await startTraffic(db, clock);
  return {
    db,
    clock,
    ctx,
    projectId,
    keyId: key.id,
    secret,
    checks,
    async call(times, fields = {}) {
      for (let n = 0; n < times; n++) {
        await checks.send({ key: secret, api: "badges", operation: "badges.list", ...fields });
      }
    },
    async change(fields) {
      await updateKey({ ctx, input: updateKeySchema.parse({ projectId, keyId: key.id, ...fields }) });
      checks.clearCache();
    },
  };
}
