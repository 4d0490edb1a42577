import type { Server } from "node:http";
import type { Socket } from "node:net";

/** How slowly a client may read an answer that waits for it. */
export interface StallLimits {
  /** How long is measured at a time, ms. */
  windowMs: number;
  /** What a client has to take meanwhile, in bytes a second, or all that waits. */
  minBytesPerSecond: number;
}

interface Waiting {
  sinceMs: number;
  /** Bytes that the client had taken by then. */
  taken: number;
}

/** Finds the connections of a server whose clients leave their answers unread. */
export class StalledConnections {
  readonly #limits: StallLimits;
  readonly #open = new Map<Socket, Waiting | null>();

  constructor(limits: StallLimits) {
    this.#limits = limits;
  }

  add(socket: Socket): void {
    this.#open.set(socket, null);
    socket.once("close", () => this.#open.delete(socket));
  }

  /** Closes those that took less than they must in the window that ends now. `nowMs` is monotonic. */
  close(nowMs: number): void {
    const { windowMs, minBytesPerSecond } = this.#limits;
    const minTaken = (windowMs / 1_000) * minBytesPerSecond;
    for (const [socket, waiting] of this.#open) {
      if (socket.writableLength === 0) {
        if (waiting !== null) this.#open.set(socket, null);
        continue;
      }
      const taken = socket.bytesWritten - socket.writableLength;
      if (waiting !== null && nowMs - waiting.sinceMs < windowMs) continue;
      if (waiting !== null && taken - waiting.taken < minTaken) socket.destroy();
      else this.#open.set(socket, { sinceMs: nowMs, taken });
    }
  }
}

/** Closes connections whose clients leave their answers unread, for as long as the server listens. */
export function closeStalled(server: Server, limits: StallLimits): void {
  const connections = new StalledConnections(limits);
  server.on("connection", (socket) => connections.add(socket));
  const looking = setInterval(() => connections.close(performance.now()), limits.windowMs / 4);
  looking.unref();
  server.once("close", () => clearInterval(looking));
}
