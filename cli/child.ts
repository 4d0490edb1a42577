import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { EXIT_WITH_SUPERVISOR, ROOT } from "./build.ts";

const MIN_DELAY_MS = 250;
const MAX_DELAY_MS = 10_000;
/** A process that ran this long counts as healthy: after its next exit the delay starts from the minimum. */
const HEALTHY_AFTER_MS = 30_000;
/** Time to shut down after the drain delay, before SIGKILL. */
const KILL_AFTER_MS = 15_000;
/** The same for an unresponsive process, shorter because nobody gets an answer meanwhile. */
const KILL_UNRESPONSIVE_AFTER_MS = 5_000;

export interface ChildSpec {
  name: string;
  /** The main module. A relative path starts at the project root. */
  file: string;
  /** Environment variables besides those of the supervisor. It does not get those that are undefined here. */
  env?: Record<string, string | undefined>;
  /** How long the process keeps serving after SIGTERM, ms. */
  drainDelayMs?: number;
}

/** One supervised process. It is restarted when it exits, with a growing delay while it keeps failing. */
export class Child {
  readonly name: string;
  readonly #file: string;
  readonly #env: Record<string, string | undefined>;
  readonly #killAfterMs: number;
  readonly #onLine: (line: string) => void;
  #process: ChildProcess | null = null;
  #timer: NodeJS.Timeout | null = null;
  #stopping = false;
  #reloading = false;
  #delayMs = MIN_DELAY_MS;
  /** When the process was last started, monotonic clock, ms. */
  startedAt = 0;
  /** Called with the reason when the process exits unexpectedly. Return false to stop restarting it. */
  onExit: (reason: string) => boolean = () => true;

  constructor(spec: ChildSpec, onLine: (line: string) => void) {
    this.name = spec.name;
    this.#file = spec.file;
    this.#env = spec.env ?? {};
    this.#killAfterMs = (spec.drainDelayMs ?? 0) + KILL_AFTER_MS;
    this.#onLine = onLine;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  start(): void {
    this.#timer = null;
    this.#reloading = false;
    this.startedAt = performance.now();
    // A separate process group: Ctrl-C reaches only the supervisor, which then signals each child once.
    const child = spawn(process.execPath, ["--import", EXIT_WITH_SUPERVISOR, resolve(ROOT, this.#file)], {
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: { ...process.env, ...this.#env },
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on("line", this.#onLine);
    }
    child.on("error", (error) => this.#onLine(error.message));
    child.on("close", (code, signal) => {
      this.#process = null;
      if (this.#stopping) return;
      if (this.#reloading) return this.start();
      const reason = signal === null ? `exited with code ${code}` : `was killed by ${signal}`;
      if (!this.onExit(reason)) return;
      if (performance.now() - this.startedAt > HEALTHY_AFTER_MS) this.#delayMs = MIN_DELAY_MS;
      this.#timer = setTimeout(() => this.start(), this.#delayMs);
      this.#delayMs = Math.min(this.#delayMs * 2, MAX_DELAY_MS);
    });
  }

  /** Stops an unresponsive process, with SIGKILL if needed. It is then restarted like after an unexpected exit. */
  async restart(): Promise<void> {
    const child = this.#process;
    if (child && !this.#stopping) await terminate(child, KILL_UNRESPONSIVE_AFTER_MS);
  }

  /** Restarts the process at once, because its code has changed. */
  async reload(): Promise<void> {
    if (this.#stopping || this.#reloading) return;
    this.#delayMs = MIN_DELAY_MS;
    if (this.#timer) {
      clearTimeout(this.#timer);
      this.start();
    } else if (this.#process) {
      this.#reloading = true;
      await terminate(this.#process, KILL_UNRESPONSIVE_AFTER_MS);
    }
  }

  /** Sends SIGTERM and waits for the exit. Sends SIGKILL 15 s after the drain delay. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#timer) clearTimeout(this.#timer);
    const child = this.#process;
    if (child) await terminate(child, this.#killAfterMs);
  }
}

async function terminate(child: ChildProcess, killAfterMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  child.kill("SIGTERM");
  const killTimer = setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  await closed;
  clearTimeout(killTimer);
}
