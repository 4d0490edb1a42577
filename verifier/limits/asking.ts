import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Counted } from "#core/limits/types.ts";
import { CannotVouch } from "../fills.ts";
import { socketAddress } from "../socket-address.ts";
import type { Limiter, Take } from "./limiter.ts";
import { readLines, writeLine } from "./line-socket.ts";
import { type Answered, type Asked, LIMITS_SOCKET } from "./served.ts";

interface Waiting {
  resolve(counted: Counted[]): void;
  reject(error: Error): void;
}

/** Asks the process of the same data directory that keeps the counters. */
export class AskingLimiter implements Limiter {
  readonly trouble = null;
  errors = 0;
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  private constructor(socket: Socket, onLost: () => void) {
    this.#socket = socket;
    readLines(socket, (value) => this.#answered(value as Answered));
    socket.on("error", () => {});
    socket.on("close", () => {
      const why = new CannotVouch("the process that counts limits has gone");
      for (const { reject } of this.#waiting.values()) reject(why);
      this.errors += this.#waiting.size;
      this.#waiting.clear();
      onLost();
    });
    socket.unref();
  }

  /** Null when nobody answers in `dir`. `onLost` is called when the connection ends, however it does. */
  static async open(dir: string, onLost: () => void): Promise<AskingLimiter | null> {
    const address = await socketAddress(dir, LIMITS_SOCKET, dir);
    const socket = connect(address.path);
    try {
      await once(socket, "connect");
      return new AskingLimiter(socket, onLost);
    } catch {
      socket.destroy();
      return null;
    } finally {
      await address.handle?.close();
    }
  }

  take(take: Take): Promise<Counted[]> {
    if (!this.#socket.writable) throw new CannotVouch("the process that counts limits has gone");
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      writeLine(this.#socket, { id, take } satisfies Asked);
    });
  }

  async close(): Promise<void> {
    this.#socket.destroy();
  }

  #answered(answered: Answered): void {
    const waiting = this.#waiting.get(answered.id);
    this.#waiting.delete(answered.id);
    if ("counted" in answered) waiting?.resolve(answered.counted);
    else waiting?.reject(new CannotVouch(answered.why));
  }
}
