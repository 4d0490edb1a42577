import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { ServerContext } from "../http-call.ts";
import { FastConnection } from "./fast-connection.ts";
import { ResponseWriter } from "./response-bytes.ts";

interface FastPathOptions {
  context: ServerContext;
  /** As of the server, ms. */
  headersTimeout: number;
  keepAliveTimeout: number;
  connectionsCheckingInterval: number;
}

/** What `node:http` adds to `keepAliveTimeout` before it closes a connection, ms. */
const KEEP_ALIVE_BUFFER_MS = 1_000;

/**
 * Answers the common requests for verdicts on the sockets that a server accepts, and gives every other connection to
 * `node:http`. The server's methods and timeouts hold for the connections of both.
 */
export function addFastPath(server: Server, options: FastPathOptions): void {
  const { context, headersTimeout, keepAliveTimeout, connectionsCheckingInterval } = options;
  const connections = new Set<FastConnection>();
  const [acceptByNode] = server.listeners("connection");
  if (acceptByNode === undefined) throw new Error("the server does not accept connections");
  server.off("connection", acceptByNode as (socket: Socket) => void);

  const shared = {
    context,
    writer: new ResponseWriter(context.responseHeaders, keepAliveTimeout),
    handOver(socket: Socket) {
      context.metrics.handedOver();
      acceptByNode.call(server, socket);
      socket.resume();
    },
    onLeave: (connection: FastConnection) => connections.delete(connection),
  };
  server.on("connection", (socket) => connections.add(new FastConnection(socket, shared)));

  const closeExpired = () => {
    const nowMs = performance.now();
    for (const connection of connections) {
      const { socket, isUsed, isIdle, idleSinceMs } = connection;
      const waitedMs = nowMs - idleSinceMs;
      if (!isIdle) continue;
      if (isUsed && waitedMs > keepAliveTimeout + KEEP_ALIVE_BUFFER_MS) socket.destroy();
      else if (!isUsed && waitedMs > headersTimeout) server.emit("clientError", requestTimeout(), socket);
    }
  };
  const timer = setInterval(closeExpired, connectionsCheckingInterval).unref();
  server.once("close", () => clearInterval(timer));

  const closeIdle = server.closeIdleConnections.bind(server);
  server.closeIdleConnections = () => {
    // As in `node:http`, not those that wait for their first request.
    for (const { socket, isUsed, isIdle } of connections) if (isUsed && isIdle) socket.destroy();
    closeIdle();
  };
  const closeAll = server.closeAllConnections.bind(server);
  server.closeAllConnections = () => {
    for (const { socket } of connections) socket.destroy();
    closeAll();
  };
}

/** As `node:http` reports a client that sends no request. */
function requestTimeout(): Error {
  return Object.assign(new Error("Request timeout"), { code: "ERR_HTTP_REQUEST_TIMEOUT" });
}
