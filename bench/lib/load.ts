import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { median, shown } from "./goal.ts";
import { onCore } from "./machine.ts";
import { type HttpRequest, raw } from "./requests.ts";
import type { Server } from "./server.ts";

const SCRIPT = fileURLToPath(new URL("wrk.lua", import.meta.url));

interface LoadOptions {
  server: Server;
  /** Sent in turn over the free connections. */
  requests: readonly HttpRequest[];
  connections: number;
  seconds: number;
  /** Index of the first request to send. */
  from?: number;
  /** Maximum requests a second; unlimited when left out. */
  perSecond?: number;
  /** Failures are counted; else the first ends the measurement. */
  mayFail?: boolean;
  /**
   * Of the load generator (nice). If positive, other processes on its core have priority; if negative, it has, which
   * needs root: then it takes the time of a response when that arrives, and not once those processes pause.
   */
  niceness?: number;
}

export interface LoadResult {
  perSecond: number;
  total: number;
  /** How many of them failed. */
  failed: number;
  p50Ms: number;
  p99Ms: number;
}

/** Includes the server's processor time per request, µs (null where the system does not report it). */
export interface ServerResult extends LoadResult {
  cpuMicros: number | null;
}

/** Loads a server with wrk (a Debian package) on a separate core. Throws when a request failed. */
export async function load({
  server,
  requests,
  connections,
  seconds,
  from = 0,
  perSecond,
  mayFail = false,
  niceness = 0,
}: LoadOptions): Promise<LoadResult> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-load-"));
  try {
    const file = join(folder, "requests");
    writeFileSync(file, raw(server, requests));
    // Pauses are evenly spread, so that their mean is half of the longest.
    const maxPause = perSecond === undefined ? 0 : Math.round((2_000 * connections) / perSecond);
    const options = [
      "-t1",
      `-c${connections}`,
      `-d${seconds}s`,
      "--timeout",
      "10s",
      "-s",
      SCRIPT,
      server.url,
    ];
    const output = await run([
      "nice",
      "-n",
      String(niceness),
      "wrk",
      ...options,
      "--",
      file,
      String(from),
      String(maxPause),
    ]);
    const result: Omit<LoadResult, "perSecond"> & { seconds: number } = JSON.parse(
      output.trim().split("\n").at(-1) ?? "",
    );
    if (result.failed > 0 && !mayFail) {
      const example = await answerTo(server, requests[from % requests.length]);
      throw new Error(
        `${result.failed} of ${result.total} requests failed at ${server.url}, such as ${example}`,
      );
    }
    return { ...result, perSecond: result.total / result.seconds };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function answerTo({ url }: Server, request: HttpRequest | undefined): Promise<string> {
  if (!request) return "none";
  const { path, ...rest } = request;
  const response = await fetch(url + path, rest);
  return `${rest.method} ${path}: ${response.status} ${await response.text()}`;
}

function run(command: string[]): Promise<string> {
  const [program, args] = onCore("load", command);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve(output) : reject(new Error(`wrk ended with ${code}:\n${output}`)),
    );
  });
}

/** Sends `requests` at least once each, so that what follows does not measure the filling of a cache. */
export async function warm(options: Omit<LoadOptions, "seconds" | "from">): Promise<void> {
  const count = options.requests.length;
  for (let sent = 0; sent < count; ) sent += (await load({ ...options, seconds: 1, from: sent })).total;
  await load({ ...options, seconds: 1 });
}

export async function loadServer(options: LoadOptions): Promise<ServerResult> {
  const before = options.server.cpuSeconds();
  const result = await load(options);
  return { ...result, cpuMicros: micros(before, options.server.cpuSeconds(), result.total) };
}

/** The server is idle when it uses less than `seconds` of processor time in `everyMs`. */
const QUIET = { everyMs: 400, seconds: 0.02 };

/** The same, including the server's remaining work after the load: aggregation. */
export async function loadServerToEnd(options: LoadOptions): Promise<ServerResult> {
  const { server } = options;
  const before = server.cpuSeconds();
  const result = await load(options);
  let after = server.cpuSeconds();
  for (let last = Number.NEGATIVE_INFINITY; after !== null && after - last > QUIET.seconds; ) {
    last = after;
    await sleep(QUIET.everyMs);
    after = server.cpuSeconds();
  }
  return { ...result, cpuMicros: micros(before, after, result.total) };
}

function micros(before: number | null, after: number | null, count: number): number | null {
  return before === null || after === null ? null : ((after - before) * 1e6) / count;
}

/** A server's results over several rounds in one line. `checks`: checks per request. */
export function summary(name: string, rounds: readonly ServerResult[], checks = 1): string {
  const medianOf = (metric: (round: ServerResult) => number) => shown(median(rounds.map(metric)));
  const cpu = rounds.map(({ cpuMicros }) => cpuMicros).filter((each) => each !== null);
  const perCheck = cpu.length > 0 ? `, ${shown(median(cpu) / checks)} µs of processor each` : "";
  return `${name}: ${medianOf(({ perSecond }) => perSecond * checks)} a second, median ${medianOf(({ p50Ms }) => p50Ms)} ms, 99% within ${medianOf(({ p99Ms }) => p99Ms)} ms${perCheck}`;
}
