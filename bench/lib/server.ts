import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { onCore } from "./machine.ts";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const START_TIMEOUT_MS = 60_000;
const POLL_INTERVAL_MS = 20;
/** Clock ticks a second in /proc; 100 on every Linux that runs Node. */
const TICKS_PER_SECOND = 100;

/** A process under measurement. */
export interface Server {
  url: string;
  /** From the start of its process to its first response, accurate to `POLL_INTERVAL_MS`. */
  readyInMs: number;
  /** Seconds of processor time used so far; null where the system does not report it. */
  cpuSeconds(): number | null;
  /** Current resident memory, MB; null where the system does not report it. */
  residentMb(): number | null;
  /** Resident memory of its largest child process, MB; 0 without one. */
  childResidentMb(): number;
  stop(): Promise<void>;
}

interface StartServer {
  /** Node's when left out. */
  program?: string;
  /** Paths from `cwd`, the root of the project when left out. */
  args: string[];
  cwd?: string;
  env?: Record<string, string>;
  url: string;
  /** Answers once it is up. */
  readyPath: string;
  /** `load`: beside the load generator, so that a server that it asks has the other core. */
  core?: "server" | "load";
}

/** Starts a server on its core and waits until it answers. Shows its output only if it does not start. */
export async function startServer({
  program = process.execPath,
  args,
  cwd = ROOT,
  env,
  url,
  readyPath,
  core = "server",
}: StartServer): Promise<Server> {
  const child = spawn(...onCore(core, [program, ...args]), {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output = (output + chunk).slice(-4_000);
    });
  }
  const startedAt = performance.now();
  const deadline = startedAt + START_TIMEOUT_MS;
  while (!(await answers(url + readyPath))) {
    const isLate = performance.now() > deadline;
    if (isLate) await stop(child);
    if (isLate || child.exitCode !== null)
      throw new Error(`${program} ${args.join(" ")} did not start:\n${output}`);
    await sleep(POLL_INTERVAL_MS);
  }
  return {
    url,
    readyInMs: performance.now() - startedAt,
    cpuSeconds: () => cpuSeconds(child.pid),
    residentMb: () => residentMb(child.pid),
    childResidentMb: () => Math.max(0, ...childrenOf(child.pid).map((pid) => residentMb(pid) ?? 0)),
    stop: () => stop(child),
  };
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => null);
  await response?.body?.cancel();
  return response !== null && response.status < 500;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

function cpuSeconds(pid: number | undefined): number | null {
  try {
    // After the name in brackets, which may contain spaces: user and system time are fields 14 and 15.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}

/** The child processes of all its threads. */
function childrenOf(pid: number | undefined): number[] {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const lists = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8"));
    return lists.flatMap((list) => list.split(" ").filter(Boolean).map(Number));
  } catch {
    return [];
  }
}

function residentMb(pid: number | undefined): number | null {
  try {
    const kiB = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kiB === undefined ? null : (Number(kiB) * 1_024) / 1e6;
  } catch {
    return null;
  }
}
