import { DAY_MS, MINUTE_MS, startOf } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { hashPassword } from "#domain/access/accounts/hash.ts";
import { DomainError } from "#domain/errors.ts";
import { callersOf } from "./callers.ts";
import { buildFixtures, type Fixtures } from "./fixtures.ts";
import { generateTotal } from "./generate.ts";
import { readMarker, writeMarker, writeProgress } from "./marker.ts";
import { DEMO_PEOPLE } from "./people.ts";
import { reportOnlyOf } from "./restrictions.ts";
import { writeFixtures } from "./write.ts";
import { writeDenials } from "./write-denials.ts";
import { writePlans } from "./write-plans.ts";
import { writeRequests } from "./write-requests.ts";
import { reportOnlySince, type TrafficKey, writeTraffic } from "./write-traffic.ts";
import { writeUsage } from "./write-usage.ts";

/** The password of all demo users: run the demo only where that is acceptable. */
export const DEMO_PASSWORD = "latchkey-demo";

/** Whole days of usage before today. */
const DAYS = 90;

export interface SeedDemo {
  db: Db;
  nowMs: number;
  keyPrefix?: string;
  /** Requests to generate in total. */
  checks?: number;
  /** Another seed generates other traffic. */
  seed?: string;
}

/** Shown once, when the demo has been created. */
export interface SeededDemo {
  checks: number;
  /** A service token for every API, and a test key's secret to verify. */
  serviceToken: string;
  secret: string;
  projects: { id: string; name: string }[];
}

/** The demo's sign-ins: an administrator and a developer. */
export const DEMO_SIGN_INS = [DEMO_PEOPLE.ada, DEMO_PEOPLE.bruno].map(({ name, email, siteRole }) => ({
  name,
  email,
  siteRole,
  password: DEMO_PASSWORD,
}));

/**
 * Fills an empty, migrated database with the demo, in one transaction. Throws `conflict` if there are users already.
 */
export async function seedDemo({
  db,
  nowMs,
  keyPrefix = "lk",
  checks = 1_000_000,
  seed = "parley",
}: SeedDemo): Promise<SeededDemo> {
  const fixtures = buildFixtures(nowMs, keyPrefix);
  const epochMs = startOf(DAY_MS, nowMs) - DAYS * DAY_MS;
  const toMs = startOf(MINUTE_MS, nowMs);
  const span = { seed, callers: callersOf(fixtures), epochMs, fromMs: epochMs, toMs };
  const { usage, checksPerWeight } = generateTotal(span, checks);
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  await db.write(async (tx) => {
    const [someone] = await tx.q.select({ id: tx.t.users.id }).from(tx.t.users).limit(1);
    if (someone) throw new DomainError("conflict", "The demo needs an empty database; this one has users.");
    await writeFixtures(tx, fixtures, passwordHash, usage);
    await writePlans(tx, fixtures, usage.rows);
    await writeMarker(tx, { seed, epochMs, checksPerWeight }, nowMs);
    await writeUsage(tx, `demo/${toMs}`, usage.rows);
    const keys = trafficKeys(fixtures);
    await writeTraffic(tx, usage.rows, keys, nowMs);
    await writeDenials(tx, usage.rows, keys, nowMs);
    await writeRequests(tx, usage.rows, keys, nowMs);
    await writeProgress(tx, toMs, checks);
  });
  return {
    checks: usage.total,
    serviceToken: fixtures.serviceTokens.find(({ api }) => api === null)?.token ?? "",
    secret: fixtures.keys.find(({ spec }) => spec.service === "android-beta")?.secrets[0]?.token ?? "",
    projects: fixtures.projects
      .filter(({ deletedAt }) => deletedAt === null)
      .map(({ id, name }) => ({ id, name })),
  };
}

function trafficKeys(fixtures: Fixtures): Map<string, TrafficKey> {
  const since = reportOnlySince(fixtures.nowMs);
  return new Map(
    fixtures.keys.map(({ id, spec }) => {
      const set = reportOnlyOf(spec);
      return [id, { service: spec.service, reportOnly: set && { since, set } }];
    }),
  );
}

/** Whether this database was filled by `seedDemo`. */
export async function isDemo(db: Db): Promise<boolean> {
  return (await readMarker(db.read)) !== null;
}
