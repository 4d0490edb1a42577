import type { Server as HttpServer } from "node:http";
import { Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** How often connections without a request are closed while draining, ms. */
const CLOSE_IDLE_MS = 300;

/**
 * Stops a server without losing a response. Continues for `delayMs`, so that load balancers notice that it is not
 * ready. Then accepts no new connections and answers the requests of existing ones, each response closing its
 * connection. Cuts off the rest after `timeoutMs`.
 */
export async function drain(server: HttpServer, delayMs: number, timeoutMs: number): Promise<void> {
  if (delayMs > 0) await sleep(delayMs);
  // Not `http.Server.close`: that ends idle connections at once, and a request may already be on its way.
  const closed = new Promise<void>((resolve) => Server.prototype.close.call(server, () => resolve()));
  const timeout = setTimeout(() => server.closeAllConnections(), timeoutMs);
  const idle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_MS);
  await closed;
  clearTimeout(timeout);
  clearInterval(idle);
}
