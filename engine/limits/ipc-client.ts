import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { CounterState } from "#core/limits/types.ts";
import { readLines, sendLine } from "#platform/line-socket.ts";
import { socketAddress } from "#platform/socket-address.ts";
import { VerdictUnavailable, withTimeout } from "../check/verdict-unavailable.ts";
import { LIMITS_SOCKET, type LimitsRequest, type LimitsResponse } from "./ipc-server.ts";
import type { Limiter, Take } from "./limiter.ts";
import { USAGE_COUNTERS_TIMEOUT_MS } from "./usage-counters.ts";

/**
 * A little longer than the server waits for usage counts, so that one key's missing counts are not mistaken for an
 * unresponsive server. Still shorter than the timeout of gateways.
 */
const RESPONSE_TIMEOUT_MS = USAGE_COUNTERS_TIMEOUT_MS + 400;
/** Maximum number of pending requests. */
const MAX_PENDING = 20_000;
const EXITED = "the process that counts limits has exited";
const UNRESPONSIVE = "the process that counts limits does not answer";

interface PendingRequest {
  resolve(counted: CounterState[]): void;
  reject(error: Error): void;
}

/** Uses the counters of another process with the same data directory. */
export class IpcLimiter implements Limiter {
  readonly unavailableReason = null;
  readonly #socket: Socket;
  #pending = new Map<number, PendingRequest>();
  #lastId = 0;
  /** No request has been answered since one timed out. Requests are sent again after the next response. */
  #isUnresponsive = false;

  private constructor(socket: Socket, onLost: () => void) {
    this.#socket = socket;
    readLines(socket, (value) => this.#handleResponse(value as LimitsResponse));
    socket.on("error", () => {});
    socket.on("close", () => {
      const why = new VerdictUnavailable(EXITED);
      for (const { reject } of this.#pending.values()) reject(why);
      this.#pending.clear();
      onLost();
    });
    socket.unref();
  }

  /** Null if no process listens in `dir`. `onLost` is called when the connection ends for any reason. */
  static async open(dir: string, onLost: () => void): Promise<IpcLimiter | null> {
    const address = await socketAddress(dir, LIMITS_SOCKET, dir);
    const socket = connect(address.path);
    try {
      await once(socket, "connect");
      return new IpcLimiter(socket, onLost);
    } catch {
      socket.destroy();
      return null;
    } finally {
      await address.handle?.close();
    }
  }

  take(take: Take): Promise<CounterState[]> {
    if (!this.#socket.writable) throw new VerdictUnavailable(EXITED);
    if (this.#isUnresponsive || this.#pending.size >= MAX_PENDING) throw new VerdictUnavailable(UNRESPONSIVE);
    const id = ++this.#lastId;
    const answer = new Promise<CounterState[]>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      sendLine(this.#socket, { id, take } satisfies LimitsRequest);
    });
    return withTimeout(RESPONSE_TIMEOUT_MS, answer, UNRESPONSIVE).finally(() => {
      const timedOut = this.#pending.delete(id);
      if (timedOut) this.#isUnresponsive = true;
    });
  }

  async close(): Promise<void> {
    this.#socket.destroy();
  }

  #handleResponse(response: LimitsResponse): void {
    this.#isUnresponsive = false;
    const pending = this.#pending.get(response.id);
    this.#pending.delete(response.id);
    // As in `PendingReplies`, so that no table of the map keeps what was answered.
    if (this.#pending.size === 0) this.#pending = new Map();
    if ("counted" in response) pending?.resolve(response.counted);
    else pending?.reject(new VerdictUnavailable(response.why));
  }
}
