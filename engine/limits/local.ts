import { join } from "node:path";
import type { Counted } from "#core/limits/types.ts";
import { withLock } from "#platform/lock.ts";
import type { MaybePromise } from "#platform/maybe-promise.ts";
import { VerdictUnavailable } from "../cache/fill-gate.ts";
import { IpcLimiter } from "./ipc-client.ts";
import { serveLimits } from "./ipc-server.ts";
import type { Limiter, Take } from "./limiter.ts";
import { withTimeout } from "./within.ts";

const FIND_WITHIN_MS = 1_000;
const NOBODY = "limits are counted by the verifier, and none runs here: start one, or set REDIS_URL";

interface LocalLimiterOptions {
  /** The data directory: its processes share their limits. */
  dir: string;
  /** Counts, if it falls to this process; told when that begins. */
  memory: Limiter & { beginAnew(): void };
  /** The portal's own verifier never counts for others: its load is not theirs. */
  mayServe: boolean;
  /** Told when this process begins to count for all. */
  onServing?: () => void;
  /** Why limits can't be counted here at all, such as by another machine's verifier; null when they can. */
  unshared: () => string | null;
}

/** Without Redis: one process of a data directory counts, and the others ask it. */
export class LocalLimiter implements Limiter {
  readonly #options: LocalLimiterOptions;
  #now: Limiter | null = null;
  #served: { close(): Promise<void> } | null = null;
  #finding: Promise<void> | null = null;
  #closed = false;

  constructor(options: LocalLimiterOptions) {
    this.#options = options;
  }

  get trouble(): string | null {
    return this.#options.unshared();
  }

  /** Finds who counts. A verifier does it at its start, so that it is there when others ask. */
  async start(): Promise<void> {
    await this.#find();
  }

  take(take: Take): MaybePromise<Counted[]> {
    const why = this.#options.unshared();
    if (why !== null) throw new VerdictUnavailable(why);
    if (this.#now) return this.#now.take(take);
    return withTimeout(FIND_WITHIN_MS, this.#find(), NOBODY).then(() => this.#takeFound(take));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#finding;
    await this.#now?.close();
    await this.#served?.close();
  }

  #takeFound(take: Take): MaybePromise<Counted[]> {
    if (this.#now) return this.#now.take(take);
    throw new VerdictUnavailable(NOBODY);
  }

  #find(): Promise<void> {
    this.#finding ??= this.#ask()
      .then((found) => (found || !this.#options.mayServe ? undefined : this.#serve()))
      .finally(() => {
        this.#finding = null;
      });
    return this.#finding;
  }

  async #ask(): Promise<boolean> {
    const asking = await IpcLimiter.open(this.#options.dir, () => this.#lost());
    if (asking) this.#now = asking;
    return asking !== null;
  }

  /** Of several that find nobody, one counts. Until then another may have, however long this one is there. */
  async #serve(): Promise<void> {
    const { dir, memory } = this.#options;
    await withLock(join(dir, "limits.lock"), async () => {
      if (await this.#ask()) return;
      memory.beginAnew();
      this.#options.onServing?.();
      this.#served = await serveLimits(dir, memory);
      this.#now = memory;
    });
  }

  /** Who counted is gone: a verifier takes over at once, others ask again when they have to. */
  #lost(): void {
    this.#now = null;
    if (this.#options.mayServe && !this.#closed) void this.#find().catch(() => {});
  }
}
