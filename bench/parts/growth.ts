import { setTimeout as sleep } from "node:timers/promises";
import { generateToken } from "#core/tokens.ts";
import { openSqliteClient } from "#db/sqlite-client.ts";
import { CALL } from "../lib/calls.ts";
import { addKeys, type Deployment, freshDeployment } from "../lib/database.ts";
import { type Goal, median, shown } from "../lib/goal.ts";
import { load, loadServer, type ServerResult, summary, warm } from "../lib/load.ts";
import { type HttpRequest, posts } from "../lib/requests.ts";
import type { Server } from "../lib/server.ts";
import { startVerifier, VERIFY } from "../lib/verifier.ts";

const FEW = 1_000;
const MANY = 1_000_000;
/** The default size of a verifier's cache. */
const CACHED = 200_000;
const STORM = { perSecond: 10_000, connections: 200, keys: 200_000 };
const CONNECTIONS = 32;
const ROUNDS = 5;
const SECONDS = 3;

/** What a verifier needs as the number of keys grows, and during a flood of unknown keys. */
export async function measureGrowth(ports: { verifier: number; peer: number }): Promise<Goal[]> {
  const small = await freshDeployment(10_000);
  const large = await freshDeployment(10_000);
  const servers: Server[] = [];
  try {
    const few = checksOf(small, await addKeys(small.db, projectOf(small), FEW));
    const many = checksOf(large, await addKeys(large.db, projectOf(large), CACHED));
    await addUnusedKeys(large, MANY - CACHED);
    const memory = await measureMemory(large, many, ports.verifier);
    const start = await measureStart(small, large, ports.verifier);
    servers.push(await startVerifier(small, ports.verifier));
    servers.push(await startVerifier(large, ports.peer));
    const [onSmall, onLarge] = servers as [Server, Server];
    const hot = { small: { server: onSmall, requests: few }, large: { server: onLarge, requests: many } };
    const warmth = await measureWarmth(hot.small, { ...hot.large, requests: many.slice(0, FEW) });
    return [...warmth, memory, start, await measureStorm(hot.large, checksOf(large, unknownKeys()))];
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await Promise.all([small.remove(), large.remove()]);
  }
}

interface Target {
  server: Server;
  requests: readonly HttpRequest[];
}

function projectOf({ demo }: Deployment): string {
  return demo.projects[0]?.id ?? "";
}

function checksOf({ demo }: Deployment, keys: readonly string[]): HttpRequest[] {
  return posts(
    VERIFY,
    { Authorization: `Bearer ${demo.serviceToken}` },
    keys.map((key) => JSON.stringify({ key, ...CALL })),
  );
}

/** Adds keys that are never checked, as copies of an existing row. */
async function addUnusedKeys({ env }: Deployment, count: number): Promise<void> {
  const client = await openSqliteClient(env.DATABASE_URL ?? "");
  const numbers = `(with recursive s(n) as (select 1 union all select n + 1 from s where n < ${count}) select n from s)`;
  const id = "printf('%022d', n)";
  const columns =
    "project_id, environment, enabled, restrictions, restricted_by, metadata, created_at, created_by";
  await client.execute(`insert into keys (id, name, ${columns})
    select 'key_' || ${id}, 'stranger ' || n, ${columns}
    from ${numbers} cross join (select * from keys where name = 'fleet 0')`);
  await client.execute(`insert into secrets (id, key_id, hash, hint, created_at)
    select 'sec_' || ${id}, 'key_' || ${id}, lower(hex(randomblob(32))), 'lk_live_' || n, 0 from ${numbers}`);
  client.close();
}

/** Well-formed unknown keys, new in each run. */
function unknownKeys(): string[] {
  return Array.from({ length: STORM.keys }, () => generateToken("lk", "live"));
}

async function measureWarmth(small: Target, large: Target): Promise<Goal[]> {
  const seen: Record<"small" | "large", ServerResult[]> = { small: [], large: [] };
  const contenders = { small, large };
  for (const each of [small, large]) await warm({ ...each, connections: CONNECTIONS });
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ["small", "large"] as const) {
      const options = { ...contenders[name], connections: CONNECTIONS, seconds: SECONDS };
      seen[name].push(await loadServer(options));
    }
  }
  const ratios = seen.large.map(({ perSecond }, at) => perSecond / (seen.small[at]?.perSecond ?? perSecond));
  return [
    {
      name: `Checks a second of ${shown(FEW)} keys in use among ${shown(MANY)} in the database, against among ${shown(FEW)}`,
      measured: median(ratios),
      limit: 0.9,
      is: "at least",
      unit: "times",
      details: [
        `ratio of each of ${ROUNDS} rounds: ${ratios.map(shown).join(", ")}`,
        summary(`among ${shown(FEW)}`, seen.small),
        summary(`among ${shown(MANY)}`, seen.large),
      ],
    },
  ];
}

/** Compares a cache for all keys with one for few, so that memory for anything else cancels out. */
async function measureMemory(deployment: Deployment, requests: HttpRequest[], port: number): Promise<Goal> {
  const residentWith = async (cacheKeys: number) => {
    const env = { ...deployment.env, LATCHKEY_CACHE_KEYS: String(cacheKeys) };
    const server = await startVerifier({ env }, port);
    try {
      await warm({ server, requests, connections: CONNECTIONS });
      const result = await loadServer({ server, requests, connections: CONNECTIONS, seconds: SECONDS });
      return { result, residentMb: server.residentMb() ?? Number.NaN };
    } finally {
      await server.stop();
    }
  };
  const [few, all] = [await residentWith(FEW), await residentWith(CACHED)];
  return {
    name: `Memory of a key that a verifier remembers, of ${shown(CACHED)}`,
    measured: ((all.residentMb - few.residentMb) * 1e6) / 1_024 / (CACHED - FEW),
    limit: 1,
    is: "at most",
    unit: "KiB",
    details: [
      `resident with a cache for ${shown(FEW)} keys: ${shown(few.residentMb)} MB, for ${shown(CACHED)}: ${shown(all.residentMb)} MB`,
      summary(`${shown(CACHED)} keys in use, all remembered`, [all.result]),
      summary(`${shown(CACHED)} keys in use, ${shown(FEW)} remembered`, [few.result]),
    ],
  };
}

async function measureStart(small: Deployment, large: Deployment, port: number): Promise<Goal> {
  const startsOf = async (deployment: Deployment) => {
    const took: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const verifier = await startVerifier(deployment, port);
      took.push(verifier.readyInMs);
      await verifier.stop();
    }
    return took;
  };
  const [few, many] = [await startsOf(small), await startsOf(large)];
  return {
    name: `From start to ready with ${shown(MANY)} keys, median`,
    measured: median(many),
    limit: 2_000,
    is: "at most",
    unit: "ms",
    details: [
      `each of ${ROUNDS} starts: ${many.map(shown).join(", ")} ms; with ${shown(FEW)} keys: ${few.map(shown).join(", ")} ms`,
    ],
  };
}

async function measureStorm(known: Target, unknown: readonly HttpRequest[]): Promise<Goal> {
  const alone: ServerResult[] = [];
  const within: ServerResult[] = [];
  const storms = [];
  const options = { ...known, connections: CONNECTIONS, seconds: SECONDS };
  const stormFor = SECONDS + 2;
  const share = STORM.perSecond * stormFor;
  for (let round = 0; round * share < STORM.keys; round++) {
    alone.push(await loadServer(options));
    const requests = unknown.slice(round * share, (round + 1) * share);
    const { perSecond, connections } = STORM;
    const storm = load({
      server: known.server,
      requests,
      connections,
      seconds: stormFor,
      perSecond,
      mayFail: true,
    });
    await sleep(1_000);
    // The load may exceed the capacity: rejected requests don't count.
    const all = await loadServer({ ...options, mayFail: true });
    within.push({ ...all, perSecond: (all.perSecond * (all.total - all.failed)) / all.total });
    storms.push(await storm);
  }
  const ratios = within.map(({ perSecond }, at) => perSecond / (alone[at]?.perSecond ?? perSecond));
  return {
    name: `Checks a second of known keys in a storm of ${shown(STORM.perSecond)} unknown ones a second, against without`,
    measured: median(ratios),
    limit: 0.7,
    is: "at least",
    unit: "times",
    details: [
      `ratio of each round: ${ratios.map(shown).join(", ")}`,
      summary("known keys alone", alone),
      summary("known keys in the storm", within),
      `unknown keys: ${storms.map((each) => shown(each.perSecond)).join(", ")} a second, of them rejected with 503: ${storms.map(({ failed, total }) => `${shown((100 * failed) / total)}%`).join(", ")}`,
    ],
  };
}
