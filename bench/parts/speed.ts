import { join } from "node:path";
import { startPostgres } from "#test/postgres.ts";
import { installBetterAuth, startBetterAuth } from "../lib/better-auth.ts";
import { CALL, CALLER, RATE, RESTRICTIONS } from "../lib/calls.ts";
import { addKeys, type Deployment, freshDeployment } from "../lib/database.ts";
import { type Goal, median, shown } from "../lib/goal.ts";
import { loadServer, type ServerResult, summary, warm } from "../lib/load.ts";
import { startNginx } from "../lib/nginx.ts";
import { startEmptyApp } from "../lib/portal.ts";
import { type HttpRequest, posts } from "../lib/requests.ts";
import { type Server, startServer } from "../lib/server.ts";
import { BATCH, GATE, startVerifier, VERIFY } from "../lib/verifier.ts";

const KEYS = 100_000;
const RULED_KEYS = 2_000;
const BATCH_OF = 100;
/** better-auth hashes and writes for each key that it makes: few are enough to ask about. */
const PEER_KEYS = 1_000;
const CONNECTIONS = 32;
const ROUNDS = 5;
const SECONDS = 3;

/** A server and what it is asked, over and over. */
interface Contender {
  server: Server;
  requests: readonly HttpRequest[];
  /** Checks that one request asks for. */
  checks?: number;
}

type Seen = Record<string, ServerResult[]>;

/** The verifier against everything that it may be compared with, in turns, each with a core to itself. */
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
    return [...goalsOf(contenders, seen), await measureWaiting(contenders, seen)];
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await postgres.stop();
    await deployment.remove();
  }
}

const RULED = "verifier, key with restrictions and a rate limit";
const PLAIN = "verifier, plain key";
const BATCHED = `verifier, batch of ${BATCH_OF}`;
const GATED = "gate, plain key";
const BARE_POST = "bare node:http server, POST";
const BARE_GET = "bare node:http server, GET";
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
  const ruled = await addKeys(db, projectId, RULED_KEYS, { restrictions: RESTRICTIONS, limits });
  const headers = { Authorization: `Bearer ${demo.serviceToken}` };
  const plainChecks = plain.map((key) => ({ key, ...CALL }));
  const ruledBodies = ruled.map((key) => JSON.stringify({ key, ...CALL, ...CALLER }));
  const batches = Array.from({ length: KEYS / BATCH_OF }, (_, n) =>
    JSON.stringify({ checks: plainChecks.slice(n * BATCH_OF, (n + 1) * BATCH_OF) }),
  );
  const verifier = await started(startVerifier(deployment, port));
  const bytes = await answerBytes(verifier, headers, ruledBodies[0] ?? "");
  const bare = await started(
    startServer({
      args: ["bench/peers/bare.ts"],
      env: { PORT: String(port + 1), ANSWER_BYTES: String(bytes) },
      url: `http://127.0.0.1:${port + 1}`,
      readyPath: "/",
    }),
  );
  const nginx = await started(startNginx(port + 2, bytes));
  const empty = await started(startEmptyApp(port + 3));
  installBetterAuth();
  const peers = {
    sqlite: await startBetterAuth(join(env.LATCHKEY_DATA_DIR ?? "", "better-auth.db"), port + 4, PEER_KEYS),
    postgres: await startBetterAuth(postgresUrl, port + 5, PEER_KEYS),
  };
  servers.push(peers.sqlite.server, peers.postgres.server);
  return {
    [BARE_POST]: { server: bare, requests: posts("/", headers, ruledBodies) },
    [RULED]: { server: verifier, requests: posts(VERIFY, headers, ruledBodies) },
    [PLAIN]: {
      server: verifier,
      requests: posts(
        VERIFY,
        headers,
        plainChecks.map((check) => JSON.stringify(check)),
      ),
    },
    [BATCHED]: { server: verifier, requests: posts(BATCH, headers, batches), checks: BATCH_OF },
    [BARE_GET]: { server: bare, requests: gateCalls("/", plain, demo.serviceToken) },
    [GATED]: { server: verifier, requests: gateCalls(GATE, plain, demo.serviceToken) },
    "gate, key with restrictions and a rate limit": {
      server: verifier,
      requests: gateCalls(GATE, ruled, demo.serviceToken),
    },
    "nginx, a constant": { server: nginx, requests: gateCalls("/", plain, demo.serviceToken) },
    "empty Next.js route": { server: empty, requests: posts("/empty", headers, ruledBodies) },
    [PEER.sqlite]: peers.sqlite,
    [PEER.postgres]: peers.postgres,
  };
}

/** As nginx asks for each call, with what a browser would have sent it. */
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

async function answerBytes(server: Server, headers: Record<string, string>, body: string): Promise<number> {
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
    RULED,
    BARE_POST,
    1,
    "of the bare server",
  );
  return [
    { ...level, details: [...level.details, ...all] },
    goal("The gate against a bare GET", GATED, BARE_GET, 0.85, "of the bare server"),
    ...Object.values(PEER).map((peer) => goal(`The same check against ${peer}`, RULED, peer, 30, "times")),
    goal(`A key in a batch of ${BATCH_OF} against a separate check`, BATCHED, PLAIN, 5, "times"),
  ];
}

/** What a check waits when the server has half of what the bare one takes at most. */
async function measureWaiting(contenders: Record<string, Contender>, seen: Seen): Promise<Goal> {
  const perSecond = median((seen[BARE_POST] ?? []).map((round) => round.perSecond)) / 2;
  // So many that each pauses for some 20 ms between two requests.
  const connections = Math.ceil(perSecond / 50);
  const rounds: Seen = { [BARE_POST]: [], [RULED]: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, results] of Object.entries(rounds)) {
      const contender = contenders[name];
      if (contender)
        results.push(
          await loadServer({ ...contender, connections, seconds: SECONDS, perSecond, mayFail: true }),
        );
    }
  }
  const ratios = (rounds[RULED] ?? []).map(
    ({ p99Ms }, at) => p99Ms / (rounds[BARE_POST]?.[at]?.p99Ms ?? p99Ms),
  );
  return {
    name: `Waiting at half of the bare server's maximum: 99th percentile against the bare server's (${connections} connections)`,
    measured: median(ratios),
    limit: 1.25,
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
