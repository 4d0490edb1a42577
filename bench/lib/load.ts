import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { median, shown } from "./goal.ts";
import type { Server } from "./server.ts";

const GENERATOR = fileURLToPath(new URL("../generator.ts", import.meta.url));

export interface LoadOptions {
  url: string;
  headers: Record<string, string>;
  /** JSON bodies that are sent in turn, each by one of the connections; none for GET. */
  bodies: string[];
  connections: number;
  /** Ends after this long… */
  seconds?: number;
  /** …or after this many requests. */
  amount?: number;
}

export interface LoadResult {
  perSecond: number;
  total: number;
  /** Answers that were not 2xx, and requests without one. */
  failed: number;
  p50Ms: number;
  p99Ms: number;
}

/** Puts `options` on a server from a process of its own, and waits for the figures. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const child = fork(GENERATOR, { execArgv: [], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  child.send(options);
  const ended = once(child, "exit").then(() => {
    throw new Error("the load generator fell over");
  });
  const [result] = (await Promise.race([once(child, "message"), ended])) as [LoadResult];
  ended.catch(() => {});
  child.disconnect();
  if (result.failed > 0)
    throw new Error(`${result.failed} of ${result.total} requests failed at ${options.url}`);
  return result;
}

/** The same, with the processor time that the server spent on each request, in µs (null: not known). */
export async function loadServer(server: Server, options: LoadOptions) {
  const before = server.cpuSeconds();
  const result = await load(options);
  const after = server.cpuSeconds();
  const cpuMicros = before === null || after === null ? null : ((after - before) * 1e6) / result.total;
  return { ...result, cpuMicros };
}

/** Processor time in this long that is none, s. */
const QUIET = { everyMs: 400, seconds: 0.02 };

/** The same, with what the server has still to do when the load is over: counting what it answered. */
export async function loadServerToEnd(server: Server, options: LoadOptions) {
  const before = server.cpuSeconds();
  const result = await load(options);
  let after = server.cpuSeconds();
  for (let last = Number.NEGATIVE_INFINITY; after !== null && after - last > QUIET.seconds; ) {
    last = after;
    await sleep(QUIET.everyMs);
    after = server.cpuSeconds();
  }
  const cpuMicros = before === null || after === null ? null : ((after - before) * 1e6) / result.total;
  return { ...result, cpuMicros };
}

/** What a server did in several rounds, in one line. */
export function summary(
  name: string,
  rounds: { perSecond: number; cpuMicros: number | null; p99Ms: number }[],
): string {
  const cpu = rounds.map(({ cpuMicros }) => cpuMicros).filter((each) => each !== null);
  const perCheck = cpu.length > 0 ? `, ${shown(median(cpu))} µs of processor each` : "";
  const p99 = median(rounds.map(({ p99Ms }) => p99Ms));
  return `${name}: ${shown(median(rounds.map((each) => each.perSecond)))} a second, 99 % within ${shown(p99)} ms${perCheck}`;
}
