import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CALL, CALLER, RESTRICTIONS } from "../lib/calls.ts";
import { addKeys, type Deployment, freshDeployment } from "../lib/database.ts";
import { type Goal, median, shown } from "../lib/goal.ts";
import { loadServer, type ServerResult, warm } from "../lib/load.ts";
import { onCore } from "../lib/machine.ts";
import { posts } from "../lib/requests.ts";
import { ROOT, type Server, startServer } from "../lib/server.ts";
import { startVerifier, VERIFY } from "../lib/verifier.ts";

const KEYS = 8_000;
const SERVICES = 200;
const ROUNDS = 7;
const EXPRESS_PER_SECOND = 2_000;
const CONNECTIONS = 32;
const CHECKS_PER_SECOND = 10_000;
const MICROS_PER_SECOND = 1_000_000;

interface Ports {
  verifier: number;
  portal: number;
  peer: number;
  busyPeer: number;
}

/** Local verification in a service, what many of them cost a verifier, and the HTTP middleware of the SDK. */
export async function measureLocal(ports: Ports): Promise<Goal[]> {
  const deployment = await freshDeployment(10_000);
  const { db, demo } = deployment;
  await db.write(({ q, t }) => q.update(t.serviceTokens).set({ localVerification: true }));
  const secrets = await addKeys(db, demo.projects[0]?.id ?? "", KEYS, { restrictions: RESTRICTIONS });
  const verifier = await startVerifier(deployment, ports.verifier);
  try {
    return [
      ...(await measureClient(verifier, deployment, secrets)),
      await measureReconnects(verifier, deployment, secrets.slice(0, 1_000)),
      ...(await measureExpress(verifier, deployment, ports)),
    ];
  } finally {
    await verifier.stop();
    await deployment.remove();
  }
}

interface Latency {
  p50Micros: number;
  p99Micros: number;
}
interface Throughput {
  perSecond: number;
  cpuMicros: number;
}
interface ClientResult {
  rounds: {
    locally: Throughput;
    remotely: Throughput;
    localLatency: Latency;
    remoteLatency: Latency;
    ownCallers: Throughput;
  }[];
  grownMb: number;
  keys: number;
  cacheMb: number;
}

async function measureClient(verifier: Server, { demo }: Deployment, secrets: string[]): Promise<Goal[]> {
  const { rounds, grownMb, keys, cacheMb } = await runClient(verifier.url, demo.serviceToken, secrets);
  const medianOf = (metric: (round: ClientResult["rounds"][number]) => number) => median(rounds.map(metric));
  const details = [
    `locally ${shown(medianOf(({ locally }) => locally.perSecond))} a second, over HTTP ${shown(medianOf(({ remotely }) => remotely.perSecond))}; one check after the other`,
    `locally ${shown(medianOf(({ locally }) => locally.cpuMicros))} µs of processor each, over HTTP ${shown(medianOf(({ remotely }) => remotely.cpuMicros))}`,
    `locally median ${shown(medianOf(({ localLatency }) => localLatency.p50Micros))} µs, over HTTP ${shown(medianOf(({ remoteLatency }) => remoteLatency.p50Micros))} µs`,
    "1,000 keys with 20 networks, 20 sites and 5 APIs each, from one client",
    `locally ${shown(medianOf(({ ownCallers }) => ownCallers.perSecond))} a second with another client in each check`,
  ];
  return [
    {
      name: "Local verification: checks a second on one core, with all restrictions",
      measured: medianOf(({ locally }) => locally.perSecond),
      limit: 300_000,
      is: "at least",
      unit: "a second",
      details,
    },
    {
      name: "Local verification: 99% of checks take",
      measured: medianOf(({ localLatency }) => localLatency.p99Micros),
      limit: 50,
      is: "at most",
      unit: "µs",
      details: [],
    },
    {
      name: "Local verification against HTTP by the same client: checks a second",
      measured: medianOf(({ locally, remotely }) => locally.perSecond / remotely.perSecond),
      limit: 100,
      is: "at least",
      unit: "times",
      details: [],
    },
    {
      name: `Local verification: memory held more after ${shown(keys)} keys, with ${cacheMb} MiB for facts`,
      measured: grownMb,
      limit: 4 * cacheMb,
      is: "at most",
      unit: "MB",
      details: ["heap and buffers after garbage collection"],
    },
  ];
}

async function runClient(url: string, token: string, secrets: string[]): Promise<ClientResult> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-local-"));
  try {
    const file = join(folder, "secrets.json");
    writeFileSync(file, JSON.stringify(secrets));
    // On the other core than the verifier.
    const [program, args] = onCore("load", [
      process.execPath,
      "--expose-gc",
      "bench/peers/local-client.ts",
      url,
      token,
      file,
    ]);
    const child = spawn(program, args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`the client ended with ${code}`);
    return JSON.parse(output.trim().split("\n").at(-1) ?? "");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measureReconnects(verifier: Server, { demo }: Deployment, secrets: string[]): Promise<Goal> {
  const requests = posts(
    VERIFY,
    { Authorization: `Bearer ${demo.serviceToken}` },
    secrets.map((key) => JSON.stringify({ key, ...CALL, ...CALLER })),
  );
  const checks = { server: verifier, requests, connections: CONNECTIONS };
  await warm(checks);
  // At a rate that the load generator keeps although the services take processor time from it.
  const paced = { ...checks, seconds: 2, perSecond: CHECKS_PER_SECOND };
  const idle: ServerResult[] = [];
  const reconnecting: ServerResult[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    idle.push(await loadServer(paced));
    const clients = await startClients(verifier.url, demo.serviceToken);
    const timer = setInterval(() => clients.reconnect(), 1_000);
    reconnecting.push(await loadServer(paced));
    clearInterval(timer);
    await clients.stop();
  }
  /** The share of a core. */
  const busy = ({ cpuMicros, perSecond }: ServerResult) =>
    ((cpuMicros ?? Number.NaN) * perSecond) / MICROS_PER_SECOND;
  const medianOf = (results: ServerResult[], metric: (result: ServerResult) => number) =>
    shown(median(results.map(metric)));
  const rate = ({ perSecond }: ServerResult) => perSecond;
  return {
    name: `Local verification: the share of a verifier's core that is left for checks while ${SERVICES} services reconnect every second`,
    measured: median(reconnecting.map((result, at) => 1 - busy(result) + busy(idle[at] ?? result))),
    limit: 0.9,
    is: "at least",
    unit: "of the core",
    details: [
      `${medianOf(reconnecting, busy)} of a core at ${medianOf(reconnecting, rate)} checks a second, and ${medianOf(idle, busy)} at ${medianOf(idle, rate)} without the services`,
    ],
  };
}

async function startClients(url: string, token: string) {
  const [program, args] = onCore("load", [
    process.execPath,
    "bench/peers/sync-clients.ts",
    url,
    token,
    String(SERVICES),
  ]);
  const child = spawn(program, args, { cwd: ROOT, stdio: ["pipe", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return {
    reconnect: () => child.stdin.write("\n"),
    async stop() {
      const ended = once(child, "close");
      child.kill();
      await ended;
    },
  };
}

async function measureExpress(verifier: Server, deployment: Deployment, ports: Ports): Promise<Goal[]> {
  const { serviceToken } = deployment.demo;
  const open = await addKeys(deployment.db, deployment.demo.projects[0]?.id ?? "", 500);
  const start = (port: number, args: string[]) =>
    startServer({
      args: ["bench/peers/express-app.ts", String(port), ...args],
      url: `http://127.0.0.1:${port}`,
      readyPath: "/badges",
      core: "load",
    });
  const plain = await start(ports.portal, []);
  const verified = await start(ports.peer, [verifier.url, serviceToken]);
  const servers = [plain, verified];
  const requests = open.map(
    (key) => ({ method: "GET", path: "/badges", headers: { "X-Api-Key": key } }) as const,
  );
  try {
    // The app shares its core, and takes more of it with the middleware: without priority, responses wait to be noticed.
    const options = { requests, connections: CONNECTIONS, niceness: -10 };
    for (const server of servers) await warm({ ...options, server });
    const measure = (server: Server) =>
      loadServer({ ...options, seconds: 3, perSecond: EXPRESS_PER_SECOND, server });
    const [without, withIt] = [await measure(plain), await measure(verified)];
    // What the same processor time costs without a verifier: the core is shared with the load generator.
    const busyMicros = Math.round((withIt.cpuMicros ?? Number.NaN) - (without.cpuMicros ?? Number.NaN));
    const busy = await start(ports.busyPeer, ["busy", String(busyMicros)]);
    servers.push(busy);
    await warm({ ...options, server: busy });
    const seen: Record<"plain" | "verified" | "busy", ServerResult[]> = { plain: [], verified: [], busy: [] };
    const verifierMicros: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      seen.plain.push(await measure(plain));
      const before = verifier.cpuSeconds() ?? Number.NaN;
      const result = await measure(verified);
      seen.verified.push(result);
      verifierMicros.push((((verifier.cpuSeconds() ?? Number.NaN) - before) * 1e6) / result.total);
      seen.busy.push(await measure(busy));
    }
    const medianOf = (results: ServerResult[], metric: "p50Ms" | "p99Ms" | "perSecond" | "cpuMicros") =>
      median(results.map((result) => result[metric] ?? Number.NaN));
    return (["p50Ms", "p99Ms"] as const).map((metric) => ({
      name: `SDK: time that the Express middleware adds over HTTP at ${shown(EXPRESS_PER_SECOND)} requests a second, ${metric === "p50Ms" ? "median" : "99%"}`,
      measured: medianOf(seen.verified, metric) - medianOf(seen.plain, metric),
      limit: metric === "p50Ms" ? 0.5 : 2,
      is: "at most",
      unit: "ms",
      details: [
        `${shown(medianOf(seen.verified, metric))} against ${shown(medianOf(seen.plain, metric))} ms, ${shown(medianOf(seen.verified, "perSecond"))} and ${shown(medianOf(seen.plain, "perSecond"))} requests a second; the app shares a core with the load generator`,
        `an app that only computes for ${busyMicros} µs adds ${shown(medianOf(seen.busy, metric) - medianOf(seen.plain, metric))} ms, with ${shown(medianOf(seen.busy, "cpuMicros"))} µs of processor each`,
        `${shown(medianOf(seen.verified, "cpuMicros"))} against ${shown(medianOf(seen.plain, "cpuMicros"))} µs of the app's processor each, and ${shown(median(verifierMicros))} of the verifier's`,
      ],
    }));
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}
