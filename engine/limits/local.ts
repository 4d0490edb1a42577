import { join } from "node:path";
import type { CounterState } from "#core/limits/types.ts";
import { withLock } from "#platform/lock.ts";
import type { MaybePromise } from "#platform/maybe-promise.ts";
import { VerdictUnavailable, withTimeout } from "../check/verdict-unavailable.ts";
import { IpcLimiter } from "./ipc-client.ts";
import { serveLimits } from "./ipc-server.ts";
import type { Limiter, Take } from "./limiter.ts";

const FIND_TIMEOUT_MS = 1_000;
const NO_VERIFIER = "limits are counted by the verifier, but none is running: start one, or set REDIS_URL";

interface LocalLimiterOptions {
  /** The data directory: its processes share their limits. */
  dir: string;
  /** Used if this process counts. It is reset before it starts. */
  memory: Limiter & { reset(): void };
  /** False for the portal's own verifier, so that its load can't slow others down. */
  mayServe: boolean;
  /** Called when this process starts to count for all processes. */
  onServing?: () => void;
  /** Why limits can't be counted here, such as because another machine counts them. Null if they can. */
  unshared: () => string | null;
}

/** Counts without Redis: one process of a data directory keeps the counters, and the others use it. */
export class LocalLimiter implements Limiter {
  readonly #options: LocalLimiterOptions;
  #current: Limiter | null = null;
  #server: { close(): Promise<void> } | null = null;
  #finding: Promise<void> | null = null;
  #closed = false;

  constructor(options: LocalLimiterOptions) {
    this.#options = options;
  }

  get unavailableReason(): string | null {
    return this.#options.unshared();
  }

  /** Finds the process that counts. Verifiers call this at start, so that one is ready when others connect. */
  async start(): Promise<void> {
    await this.#find();
  }

  take(take: Take): MaybePromise<CounterState[]> {
    const why = this.#options.unshared();
    if (why !== null) throw new VerdictUnavailable(why);
    if (this.#current) return this.#current.take(take);
    return withTimeout(FIND_TIMEOUT_MS, this.#find(), NO_VERIFIER).then(() => this.#takeFromFound(take));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#finding;
    await this.#current?.close();
    await this.#server?.close();
  }

  #takeFromFound(take: Take): MaybePromise<CounterState[]> {
    if (this.#current) return this.#current.take(take);
    throw new VerdictUnavailable(NO_VERIFIER);
  }

  #find(): Promise<void> {
    this.#finding ??= this.#connect()
      .then((found) => (found || !this.#options.mayServe ? undefined : this.#serve()))
      .finally(() => {
        this.#finding = null;
      });
    return this.#finding;
  }

  async #connect(): Promise<boolean> {
    const client = await IpcLimiter.open(this.#options.dir, () => this.#lost());
    if (client) this.#current = client;
    return client !== null;
  }

  /** Starts counting, in one process only. The counters are reset, because another process may have counted before. */
  async #serve(): Promise<void> {
    const { dir, memory } = this.#options;
    await withLock(join(dir, "limits.lock"), async () => {
      if (await this.#connect()) return;
      memory.reset();
      this.#options.onServing?.();
      this.#server = await serveLimits(dir, memory);
      this.#current = memory;
    });
  }

  /** The process that counted has exited. A verifier takes over at once; others search again at the next call. */
  #lost(): void {
    this.#current = null;
    if (this.#options.mayServe && !this.#closed) void this.#find().catch(() => {});
  }
}
