import type { Server as HttpServer } from "node:http";
import { Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A connection on which nobody asks for so long, nobody is about to ask on. */
const QUIET_MS = 300;

/**
 * Ends a server without losing an answer. It goes on for `lingerMs`, while whoever spreads requests finds out
 * that it is not ready; then nobody can connect any more, and what is connected is answered, each answer saying
 * that it is the last. After `mostMs` what is left is cut off.
 */
export async function drain(server: HttpServer, lingerMs: number, mostMs: number): Promise<void> {
  if (lingerMs > 0) await sleep(lingerMs);
  // Not the HTTP server's own: that ends idle connections at once, and a request may be on its way on one.
  const closed = new Promise<void>((resolve) => Server.prototype.close.call(server, () => resolve()));
  const late = setTimeout(() => server.closeAllConnections(), mostMs);
  const quiet = setInterval(() => server.closeIdleConnections(), QUIET_MS);
  await closed;
  clearTimeout(late);
  clearInterval(quiet);
}
