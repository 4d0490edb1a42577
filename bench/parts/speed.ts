import { join } from "node:path";
import { startPostgres } from "#test/postgres.ts";
import { startBetterAuth } from "../lib/better-auth.ts";
import { CALL, CALLER, RATE, RESTRICTIONS } from "../lib/calls.ts";
import { addKeys, type Deployment, freshDeployment } from "../lib/database.ts";
import { type Goal, median, shown } from "../lib/goal.ts";
import { loadServer, type ServerResult, summary, warm } from "../lib/load.ts";
import { startNginx } from "../lib/nginx.ts";
import { installPeer, startBun } from "../lib/peers.ts";
import { startEmptyApp } from "../lib/portal.ts";
import { type HttpRequest, posts } from "../lib/requests.ts";
import { type Server, startServer } from "../lib/server.ts";
import { BATCH, GATE, startVerifier, VERIFY } from "../lib/verifier.ts";

const KEYS = 100_000;
const RESTRICTED_KEYS = 2_000;
const BATCH_SIZE = 100;
/** Few, because creating keys in better-auth is slow: it hashes and writes each one. */
const PEER_KEYS = 1_000;
const CONNECTIONS = 32;
const ROUNDS = 5;
const SECONDS = 3;

/** A server and the requests it gets, in a loop. */
interface Contender {
  server: Server;
  requests: readonly HttpRequest[];
  /** Checks per request. */
  checks?: number;
}

type Seen = Record<string, ServerResult[]>;

/** The verifier against its peers, in turn, each on a separate core. */
export async function measureSpeed(port: number): Promise<Goal[]> {
  const deployment = await freshDeployment(10_000);
  const postgres = await startPostgres();
  const servers: Server[] = [];
  try {
    const contenders = await startAll(deployment, postgres.url, port, servers);
    for (const each of Object.values(contenders)) await warm({ ...each, connections: CONNECTIONS });
    const seen: Seen = {};
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, each] of Object.entries(contenders)) {
        const result = await loadServer({ ...each, connections: CONNECTIONS, seconds: SECONDS });
        seen[name] = [...(seen[name] ?? []), result];
      }
    }
    return [...goalsOf(contenders, seen), await measureLatency(contenders, seen)];
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await postgres.stop();
    await deployment.remove();
  }
}

const RESTRICTED = "verifier, key with restrictions and a rate limit";
const PLAIN = "verifier, plain key";
const BATCH_CHECK = `verifier, batch of ${BATCH_SIZE}`;
const GATE_CHECK = "gate, plain key";
const BARE_POST = "bare node:http server, POST";
const BARE_GET = "bare node:http server, GET";
const BUN = "Bun's own server, POST";
const PEER = { sqlite: "better-auth on SQLite", postgres: "better-auth on Postgres" };

async function startAll(
  deployment: Deployment,
  postgresUrl: string,
  port: number,
  servers: Server[],
): Promise<Record<string, Contender>> {
  const started = async (starting: Promise<Server>) => {
    const server = await starting;
    servers.push(server);
    return server;
  };
  const { db, demo, env } = deployment;
  const projectId = demo.projects[0]?.id ?? "";
  const plain = await addKeys(db, projectId, KEYS);
  const limits = { rate: RATE, quota: null };
  const restricted = await addKeys(db, projectId, RESTRICTED_KEYS, { restrictions: RESTRICTIONS, limits });
  const headers = { Authorization: `Bearer ${demo.serviceToken}` };
  const plainChecks = plain.map((key) => ({ key, ...CALL }));
  const restrictedBodies = restricted.map((key) => JSON.stringify({ key, ...CALL, ...CALLER }));
  const batches = Array.from({ length: KEYS / BATCH_SIZE }, (_, n) =>
    JSON.stringify({ checks: plainChecks.slice(n * BATCH_SIZE, (n + 1) * BATCH_SIZE) }),
  );
  const verifier = await started(startVerifier(deployment, port));
  const bytes = await responseBytes(verifier, headers, restrictedBodies[0] ?? "");
  const bare = await started(
    startServer({
      args: ["bench/peers/bare.ts"],
      env: { PORT: String(port + 1), ANSWER_BYTES: String(bytes) },
      url: `http://127.0.0.1:${port + 1}`,
      readyPath: "/",
    }),
  );
  const bun = await started(startBun(port + 6, bytes));
  const nginx = await started(startNginx(port + 2, bytes));
  const empty = await started(startEmptyApp(port + 3));
  installPeer("better-auth");
  const peers = {
    sqlite: await startBetterAuth(join(env.LATCHKEY_DATA_DIR ?? "", "better-auth.db"), port + 4, PEER_KEYS),
    postgres: await startBetterAuth(postgresUrl, port + 5, PEER_KEYS),
  };
  servers.push(peers.sqlite.server, peers.postgres.server);
  return {
    [BARE_POST]: { server: bare, requests: posts("/", headers, restrictedBodies) },
    [BUN]: { server: bun, requests: posts("/", headers, restrictedBodies) },
    [RESTRICTED]: { server: verifier, requests: posts(VERIFY, headers, restrictedBodies) },
    [PLAIN]: {
      server: verifier,
      requests: posts(
        VERIFY,
        headers,
        plainChecks.map((check) => JSON.stringify(check)),
      ),
    },
    [BATCH_CHECK]: { server: verifier, requests: posts(BATCH, headers, batches), checks: BATCH_SIZE },
    [BARE_GET]: { server: bare, requests: gateCalls("/", plain, demo.serviceToken) },
    [GATE_CHECK]: { server: verifier, requests: gateCalls(GATE, plain, demo.serviceToken) },
    "gate, key with restrictions and a rate limit": {
      server: verifier,
      requests: gateCalls(GATE, restricted, demo.serviceToken),
    },
    "nginx, a constant": { server: nginx, requests: gateCalls("/", plain, demo.serviceToken) },
    "empty Next.js route": { server: empty, requests: posts("/empty", headers, restrictedBodies) },
    [PEER.sqlite]: peers.sqlite,
    [PEER.postgres]: peers.postgres,
  };
}

/** Requests as nginx sends them for calls from a browser. */
function gateCalls(path: string, keys: readonly string[], serviceToken: string): HttpRequest[] {
  return keys.map((key) => ({
    method: "GET",
    path,
    headers: {
      "X-Latchkey-Token": serviceToken,
      "X-Original-Method": "GET",
      "X-Original-Uri": "/v1/people/42/badges?page=2",
      "X-Forwarded-For": "198.51.19.7",
      "X-Api-Key": key,
      Referer: CALLER.referrer,
      Origin: CALLER.origin,
    },
  }));
}

async function responseBytes(server: Server, headers: Record<string, string>, body: string): Promise<number> {
  const response = await fetch(server.url + VERIFY, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body,
  });
  const text = await response.text();
  if (JSON.parse(text).code !== "VALID") throw new Error(`the verifier answered ${response.status}: ${text}`);
  return Buffer.byteLength(text);
}

function goalsOf(contenders: Record<string, Contender>, seen: Seen): Goal[] {
  const ratios = (name: string, base: string) =>
    (seen[name] ?? []).map(
      ({ perSecond }, at) =>
        (perSecond * (contenders[name]?.checks ?? 1)) / (seen[base]?.[at]?.perSecond ?? perSecond),
    );
  const goal = (name: string, ours: string, theirs: string, limit: number, unit: string): Goal => ({
    name,
    measured: median(ratios(ours, theirs)),
    limit,
    is: "at least",
    unit,
    details: [`ratio of each of ${ROUNDS} rounds: ${ratios(ours, theirs).map(shown).join(", ")}`],
  });
  const all = Object.entries(contenders).map(([name, { server, checks }]) => {
    const residentMb = server.residentMb();
    return `${summary(name, seen[name] ?? [], checks)}${residentMb === null ? "" : `, ${shown(residentMb)} MB resident`}`;
  });
  const level = goal(
    `Checks a second of a key with 20 networks, 20 sites, 5 APIs and a rate limit, against a bare server (${CONNECTIONS} connections, one core)`,
    RESTRICTED,
    BARE_POST,
    1.5,
    "of the bare server",
  );
  return [
    { ...level, details: [...level.details, ...all] },
    goal("The gate against a bare GET", GATE_CHECK, BARE_GET, 1.3, "of the bare server"),
    goal("The same check against Bun's own server", RESTRICTED, BUN, 0.7, "of Bun's server"),
    ...Object.values(PEER).map((peer) =>
      goal(`The same check against ${peer}`, RESTRICTED, peer, 30, "times"),
    ),
    goal(`A key in a batch of ${BATCH_SIZE} against a separate check`, BATCH_CHECK, PLAIN, 5, "times"),
  ];
}

/** Latency at half of the bare server's maximum throughput. */
async function measureLatency(contenders: Record<string, Contender>, seen: Seen): Promise<Goal> {
  const perSecond = median((seen[BARE_POST] ?? []).map((round) => round.perSecond)) / 2;
  // So many that each pauses for about 20 ms between two requests.
  const connections = Math.ceil(perSecond / 50);
  const rounds: Seen = { [BARE_POST]: [], [RESTRICTED]: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, results] of Object.entries(rounds)) {
      const contender = contenders[name];
      if (contender)
        results.push(
          await loadServer({ ...contender, connections, seconds: SECONDS, perSecond, mayFail: true }),
        );
    }
  }
  const ratios = (rounds[RESTRICTED] ?? []).map(
    ({ p99Ms }, at) => p99Ms / (rounds[BARE_POST]?.[at]?.p99Ms ?? p99Ms),
  );
  return {
    name: `Latency at half of the bare server's maximum throughput: 99th percentile against the bare server's (${connections} connections)`,
    measured: median(ratios),
    limit: 1,
    is: "at most",
    unit: "times",
    details: [
      `ratio of each of ${ROUNDS} rounds: ${ratios.map(shown).join(", ")}`,
      ...Object.entries(rounds).map(
        ([name, results]) => `${summary(name, results)}, ${failuresOf(results)} rejected`,
      ),
    ],
  };
}

function failuresOf(results: readonly ServerResult[]): string {
  const total = (of: (result: ServerResult) => number) => results.reduce((sum, each) => sum + of(each), 0);
  return `${shown(total(({ failed }) => failed))} of ${shown(total((result) => result.total))}`;
}
