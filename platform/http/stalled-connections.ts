import type { Server } from "node:http";
import type { Socket } from "node:net";

/** How slowly a client may read a response. */
export interface StallLimits {
  /** Length of a measurement, ms. */
  windowMs: number;
  /** Bytes per second that a client must read, unless it reads everything. */
  minBytesPerSecond: number;
}

interface Waiting {
  sinceMs: number;
  /** Bytes that the client had read by then. */
  taken: number;
}

/** Finds connections whose clients don't read their responses. */
export class StalledConnections {
  readonly #limits: StallLimits;
  readonly #onClosed: () => void;
  readonly #open = new Map<Socket, Waiting | null>();

  /** `onClosed` is called for each connection that is closed. */
  constructor(limits: StallLimits, onClosed: () => void) {
    this.#limits = limits;
    this.#onClosed = onClosed;
  }

  add(socket: Socket): void {
    this.#open.set(socket, null);
    socket.once("close", () => this.#open.delete(socket));
  }

  /** Closes connections whose clients read too little in the window that ends now. `nowMs` is monotonic. */
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
      if (waiting !== null && taken - waiting.taken < minTaken) {
        socket.destroy();
        this.#onClosed();
      } else this.#open.set(socket, { sinceMs: nowMs, taken });
    }
  }
}

/** Closes connections whose clients don't read their responses, until the server closes. */
export function closeStalled(server: Server, limits: StallLimits, onClosed: () => void): void {
  const connections = new StalledConnections(limits, onClosed);
  server.on("connection", (socket) => connections.add(socket));
  const timer = setInterval(() => connections.close(performance.now()), limits.windowMs / 4);
  timer.unref();
  server.once("close", () => clearInterval(timer));
}
