import { hash } from "node:crypto";
import { afterEach, beforeEach } from "vitest";
import type { Db } from "#db/open.ts";
import type { Ctx } from "#domain/context.ts";
import { importKeys } from "#domain/keys/import/import.ts";
import { importKeysSchema } from "#domain/keys/import/schema.ts";
import { openTestDb } from "./db.ts";
import { HMAC_SECRET, OLD_SHAPE } from "./imported-hashes.ts";
import {
  type Clock,
  ctxOf,
  enableFor,
  makeApi,
  makeClock,
  makeProject,
  makeUser,
  TEST_SETTINGS,
} from "./people.ts";
import { startTraffic, type Traffic } from "./traffic.ts";

/** The current test's project, which has enabled `badges`, and a verifier. `setUpImports` sets it. */
export const site = {} as {
  db: Db;
  clock: Clock;
  /** The project's owner. */
  ctx: Ctx;
  projectId: string;
  traffic: Traffic;
};
/** The verifier's monotonic clock. */
let monotonicMs: number;

export function setUpImports(): void {
  beforeEach(async () => {
    site.db = await openTestDb();
    site.clock = makeClock();
    const owner = await makeUser(site.db);
    const importHmacSecrets = [HMAC_SECRET];
    site.ctx = ctxOf(site.db, owner, {
      clock: site.clock,
      settings: { ...TEST_SETTINGS, importHmacSecrets },
    });
    site.projectId = await makeProject(site.db, owner);
    await makeApi(site.db, "badges");
    await enableFor(site.db, site.projectId, "badges");
    monotonicMs = 0;
    site.traffic = await startTraffic(site.db, site.clock, {
      importHmacSecrets,
      monotonic: () => monotonicMs,
    });
  });
  afterEach(() => site.traffic.end());
}

export const importInto = (projectId: string, keys: unknown[], more: object = {}, by: Ctx = site.ctx) =>
  importKeys({ ctx: by, input: importKeysSchema.parse({ projectId, shape: OLD_SHAPE, keys, ...more }) });
export const importRows = (keys: unknown[], more: object = {}) => importInto(site.projectId, keys, more);
/** A row of an import. */
export const named = (fields: object, name = "old") => ({ name, environment: "live", ...fields });
export const tokenOf = (seed: string) => `old_${hash("sha256", seed).slice(0, 32)}`;
export const send = (key: string) => site.traffic.send({ key, api: "badges" });
/** Slowly enough for the maximum of slow comparisons. */
export const codeOf = (key: string) => {
  passTime(70);
  return send(key);
};
export function passTime(ms: number): void {
  monotonicMs += ms;
}
/** All rows of the database. */
export const everything = async () => {
  const { q, t } = site.db.read;
  return JSON.stringify(await Promise.all(Object.values(t).map((table) => q.select().from(table))));
};
