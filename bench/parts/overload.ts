import { setTimeout as sleep } from "node:timers/promises";
import { CALL } from "../lib/calls.ts";
import { addKeys, freshDeployment } from "../lib/database.ts";
import { type Goal, median, shown } from "../lib/goal.ts";
import { load, warm } from "../lib/load.ts";
import { type HttpRequest, posts } from "../lib/requests.ts";
import type { Server } from "../lib/server.ts";
import { startVerifier, VERIFY } from "../lib/verifier.ts";

const KEYS = 2_000;
const ROUNDS = 3;
/** Time for all clients to connect, time measured, and time to spare. */
const SECONDS = { connecting: 3, measured: 5, spare: 3 };
/** Enough to saturate the verifier, and more than it can answer. */
const CONNECTIONS = { peak: 64, over: [1_000, 2_000, 5_000] };
/** Separate clients with one request at a time each, so that their latency is the verifier's. */
const CALLERS = 4;
const PAUSE_MS = 5;

/** Results of one round; latency of accepted requests only. */
interface Round {
  perSecond: number;
  rejected: number;
  p99Ms: number;
}

/** Throughput and latency of a verifier under more load than it can answer. */
export async function measureOverload(port: number): Promise<Goal[]> {
  const deployment = await freshDeployment(10_000);
  const { db, demo } = deployment;
  const keys = await addKeys(db, demo.projects[0]?.id ?? "", KEYS);
  const bodies = keys.map((key) => JSON.stringify({ key, ...CALL }));
  const requests = posts(VERIFY, { Authorization: `Bearer ${demo.serviceToken}` }, bodies);
  const server = await startVerifier(deployment, port);
  try {
    await warm({ server, requests, connections: CONNECTIONS.peak, mayFail: true });
    const seen = new Map<number, Round[]>();
    for (let round = 0; round < ROUNDS; round++) {
      for (const connections of [CONNECTIONS.peak, ...CONNECTIONS.over]) {
        seen.set(connections, [
          ...(seen.get(connections) ?? []),
          await measure(server, requests, connections),
        ]);
      }
    }
    return goalsOf(seen);
  } finally {
    await server.stop();
    await deployment.remove();
  }
}

function goalsOf(seen: ReadonlyMap<number, readonly Round[]>): Goal[] {
  const medianOf = (connections: number, metric: (round: Round) => number) =>
    median((seen.get(connections) ?? []).map(metric));
  const perSecond = (connections: number) => medianOf(connections, (round) => round.perSecond);
  const p99Ms = (connections: number) => medianOf(connections, (round) => round.p99Ms);
  const details = [...seen.keys()].map(
    (connections) =>
      `${shown(connections)} connections: ${shown(perSecond(connections))} verdicts a second, ${shown(medianOf(connections, ({ rejected }) => rejected))} rejected, 99% of accepted requests within ${shown(p99Ms(connections))} ms`,
  );
  return [
    {
      name: `Overload: verdicts a second, the least of ${CONNECTIONS.over.map(shown).join(" / ")} connections, against ${CONNECTIONS.peak}`,
      measured: Math.min(...CONNECTIONS.over.map(perSecond)) / perSecond(CONNECTIONS.peak),
      limit: 0.85,
      is: "at least",
      unit: "of the peak",
      details,
    },
    {
      name: "Overload: 99th percentile of accepted checks, the highest of them",
      measured: Math.max(...CONNECTIONS.over.map(p99Ms)),
      limit: 50,
      is: "at most",
      unit: "ms",
      details: [],
    },
  ];
}

/**
 * Reads the verifier's counters under load. The load generator's latencies include rejected requests, so separate
 * clients measure the latency of accepted ones.
 */
async function measure(
  server: Server,
  requests: readonly HttpRequest[],
  connections: number,
): Promise<Round> {
  const loading = load({
    server,
    requests,
    connections,
    seconds: SECONDS.connecting + SECONDS.measured + SECONDS.spare,
    mayFail: true,
    // Else waiting for the core would dominate the clients' latency.
    niceness: 10,
  });
  await sleep(SECONDS.connecting * 1_000);
  const before = await counted(server);
  const over = new AbortController();
  const calling = Array.from({ length: CALLERS }, (_, n) => callOn(server, requests[n], over.signal));
  await sleep(SECONDS.measured * 1_000);
  const after = await counted(server);
  over.abort();
  const waits = (await Promise.all(calling)).flat().toSorted((a, b) => a - b);
  await loading;
  const perSecond = (count: number) => (count * 1_000) / (after.atMs - before.atMs);
  return {
    perSecond: perSecond(after.verdicts - before.verdicts),
    rejected: perSecond(after.rejected - before.rejected),
    p99Ms: waits[Math.ceil(waits.length * 0.99) - 1] ?? Number.NaN,
  };
}

/** The verifier's counters since its start. */
async function counted({ url }: Server): Promise<{ verdicts: number; rejected: number; atMs: number }> {
  const { port } = new URL(url);
  const text = await (await fetch(`http://127.0.0.1:${Number(port) + 1_000}/metrics`)).text();
  const sum = (name: string, label = "") =>
    [...text.matchAll(new RegExp(`^${name}{.*${label}.*} (\\d+)$`, "gm"))].reduce(
      (all, [, n]) => all + Number(n),
      0,
    );
  return {
    verdicts: sum("latchkey_checks_total"),
    rejected: sum("latchkey_requests_failed_total", 'status="503"'),
    atMs: performance.now(),
  };
}

/** Sends requests until `over` is aborted. Returns the latency of each verdict, ms. */
async function callOn(
  { url }: Server,
  request: HttpRequest | undefined,
  over: AbortSignal,
): Promise<number[]> {
  const waits: number[] = [];
  while (request && !over.aborted) {
    const { path, ...rest } = request;
    const startedAt = performance.now();
    const response = await fetch(url + path, rest);
    await response.arrayBuffer();
    if (response.ok) waits.push(performance.now() - startedAt);
    await sleep(PAUSE_MS);
  }
  return waits;
}
