import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { ROOT } from "./build.ts";

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 10_000;
/** After this long a process counts as healthy, and its next fall starts from a short delay again. */
const HEALTHY_AFTER_MS = 30_000;
/** Beyond what it says it may take to end. */
const KILL_AFTER_MS = 15_000;
/** One that is restarted because it hangs has less time: nobody gets an answer meanwhile. */
const KILL_HANGING_AFTER_MS = 5_000;
const ORPHAN_GUARD = fileURLToPath(new URL("./orphan.ts", import.meta.url));

export interface ChildSpec {
  name: string;
  /** Its main module; a relative path is from the root of the project. */
  file: string;
  /** Settings besides those of all. */
  env?: Record<string, string>;
  /** How long it goes on working once it is asked to end, ms. */
  lingerMs?: number;
}

/** One supervised process. It comes back by itself, ever more slowly while it keeps falling over. */
export class Child {
  readonly name: string;
  readonly #file: string;
  readonly #env: Record<string, string>;
  readonly #killAfterMs: number;
  readonly #onLine: (line: string) => void;
  #process: ChildProcess | null = null;
  #timer: NodeJS.Timeout | null = null;
  #stopping = false;
  #delayMs = FIRST_DELAY_MS;
  /** When the process was last started, monotonic, ms. */
  startedAt = 0;
  /** Called with why, when it ends without being asked. Returning false gives up on it. */
  onFall: (how: string) => boolean = () => true;

  constructor(spec: ChildSpec, onLine: (line: string) => void) {
    this.name = spec.name;
    this.#file = spec.file;
    this.#env = spec.env ?? {};
    this.#killAfterMs = (spec.lingerMs ?? 0) + KILL_AFTER_MS;
    this.#onLine = onLine;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  start(): void {
    this.#timer = null;
    this.startedAt = performance.now();
    // A process group of its own: Ctrl-C reaches the supervisor only, which then asks each child once.
    const child = spawn(process.execPath, ["--import", ORPHAN_GUARD, resolve(ROOT, this.#file)], {
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
      const how = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
      if (!this.onFall(how)) return;
      if (performance.now() - this.startedAt > HEALTHY_AFTER_MS) this.#delayMs = FIRST_DELAY_MS;
      this.#timer = setTimeout(() => this.start(), this.#delayMs);
      this.#delayMs = Math.min(this.#delayMs * 2, LONGEST_DELAY_MS);
    });
  }

  /** Ends a process that hangs, by force if it must. It is then started again like one that fell over. */
  async restart(): Promise<void> {
    const child = this.#process;
    if (child && !this.#stopping) await end(child, KILL_HANGING_AFTER_MS);
  }

  /** Asks it to end and waits; one that does not, 15 s after it should have begun to, is killed. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#timer) clearTimeout(this.#timer);
    const child = this.#process;
    if (child) await end(child, this.#killAfterMs);
  }
}

async function end(child: ChildProcess, killAfterMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  await closed;
  clearTimeout(late);
}
