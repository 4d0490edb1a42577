import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Counted } from "#core/limits/types.ts";
import { readLines, writeLine } from "#platform/line-socket.ts";
import { socketAddress } from "#platform/socket-address.ts";
import { VerdictUnavailable } from "../cache/fill-gate.ts";
import { type Answered, type Asked, LIMITS_SOCKET } from "./ipc-server.ts";
import type { Limiter, Take } from "./limiter.ts";
import { USAGE_COUNTERS_TIMEOUT_MS } from "./usage-counters.ts";
import { withTimeout } from "./within.ts";

/**
 * A little longer than the one that is asked waits for the usage figures: one key's that don't come must not
 * look like its silence. Still less than gateways wait.
 */
const ANSWER_WITHIN_MS = USAGE_COUNTERS_TIMEOUT_MS + 400;
/** Questions under way at most. */
const WAITING_MOST = 20_000;
const GONE = "the process that counts limits has gone";
const SILENT = "the process that counts limits does not answer";

interface Waiting {
  resolve(counted: Counted[]): void;
  reject(error: Error): void;
}

/** Asks the process of the same data directory that keeps the counters. */
export class IpcLimiter implements Limiter {
  readonly trouble = null;
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  /** It left a question unanswered, and every one since: it is asked again once it answers. */
  #isSilent = false;

  private constructor(socket: Socket, onLost: () => void) {
    this.#socket = socket;
    readLines(socket, (value) => this.#answered(value as Answered));
    socket.on("error", () => {});
    socket.on("close", () => {
      const why = new VerdictUnavailable(GONE);
      for (const { reject } of this.#waiting.values()) reject(why);
      this.#waiting.clear();
      onLost();
    });
    socket.unref();
  }

  /** Null when nobody answers in `dir`. `onLost` is called when the connection ends, however it does. */
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

  take(take: Take): Promise<Counted[]> {
    if (!this.#socket.writable) throw new VerdictUnavailable(GONE);
    if (this.#isSilent || this.#waiting.size >= WAITING_MOST) throw new VerdictUnavailable(SILENT);
    const id = ++this.#last;
    const answer = new Promise<Counted[]>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      writeLine(this.#socket, { id, take } satisfies Asked);
    });
    return withTimeout(ANSWER_WITHIN_MS, answer, SILENT).finally(() => {
      const isLeft = this.#waiting.delete(id);
      if (isLeft) this.#isSilent = true;
    });
  }

  async close(): Promise<void> {
    this.#socket.destroy();
  }

  #answered(answered: Answered): void {
    this.#isSilent = false;
    const waiting = this.#waiting.get(answered.id);
    this.#waiting.delete(answered.id);
    if ("counted" in answered) waiting?.resolve(answered.counted);
    else waiting?.reject(new VerdictUnavailable(answered.why));
  }
}
