import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { closeStalled, type StallLimits } from "./stalled-connections.ts";

/** Too many requests in progress, or a client that does not read its responses. */
export type CloseReason = "pipelined" | "stalled";

export interface HttpServerOptions extends ServerOptions {
  /** Headers of the responses to requests that can't be parsed. */
  responseHeaders: Record<string, string>;
  /** When a connection whose client does not read is closed. */
  stalled: StallLimits;
  /**
   * Requests of one connection that may be in progress. Node stops reading from a connection whose responses wait, but
   * handles all requests that it has read: about 2,000 small ones. A connection with more is closed.
   */
  maxPipelined?: number;
  /** Requests of one connection in progress from which no more are read from it. What was read before is handled. */
  pauseAtPipelined?: number;
  /**
   * Called for each connection that the server closes because of what its client does, once, with the request that was
   * too much if there is one.
   */
  onClosed?: (reason: CloseReason, req: IncomingMessage | null) => void;
  /** Whether to hand upgrades to `upgrade` listeners. Only Next's development server needs that. */
  allowUpgrades?: boolean;
}

type Handler = (req: IncomingMessage, res: ServerResponse) => void;

/**
 * An HTTP server that is safe on a public port. An upgrade request is answered as a normal request
 * (RFC 9110, 7.8), CONNECT gets 405, and a request that can't be parsed or has no host gets a 4xx with `responseHeaders`. Every
 * connection ends after a bounded time, whatever its client does.
 */
export function createHttpServer(options: HttpServerOptions, handler: Handler): Server {
  const {
    responseHeaders,
    stalled,
    maxPipelined,
    pauseAtPipelined,
    onClosed = () => {},
    allowUpgrades = false,
    ...serverOptions
  } = options;
  const exceeds =
    maxPipelined === undefined
      ? () => false
      : pipelineLimit(maxPipelined, (req) => onClosed("pipelined", req));
  const pauseIfFull = pauseAtPipelined === undefined ? () => {} : pipelinePause(pauseAtPipelined);
  const server = createServer(
    // Otherwise Node itself would answer requests without a Host header, without our headers.
    { ...serverOptions, shouldUpgradeCallback: () => allowUpgrades, requireHostHeader: false },
    (req, res) => {
      if (exceeds(req, res)) return;
      pauseIfFull(req, res);
      if (req.headers.host !== undefined || req.httpVersion !== "1.1") handler(req, res);
      else res.writeHead(400, { ...responseHeaders, "Content-Length": "0", Connection: "close" }).end();
    },
  );
  server.on("checkExpectation", (_req: IncomingMessage, res: ServerResponse) => {
    res.writeHead(417, { ...responseHeaders, "Content-Length": "0", Connection: "close" }).end();
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) =>
    respondAndClose(socket, statusOf(error), responseHeaders),
  );
  // The parser no longer handles this connection: without a listener, a reset by the client would end the process.
  server.on("connect", (_req, socket) => {
    socket.on("error", () => socket.destroy());
    socket.resume();
    respondAndClose(socket, 405, { ...responseHeaders, Allow: "GET, HEAD, POST" });
  });
  closeStalled(server, stalled, () => onClosed("stalled", null));
  return server;
}

/** Returns whether a request exceeds the maximum of its connection, and closes the connection if so. */
function pipelineLimit(
  max: number,
  onExceeded: (req: IncomingMessage) => void,
): (req: IncomingMessage, res: ServerResponse) => boolean {
  const inProgress = new WeakMap<Socket, number>();
  return (req, res) => {
    const { socket } = req;
    const count = (inProgress.get(socket) ?? 0) + 1;
    inProgress.set(socket, count);
    res.once("close", () => inProgress.set(socket, (inProgress.get(socket) ?? 1) - 1));
    if (count > max && !socket.destroyed) {
      onExceeded(req);
      socket.destroy();
    }
    return socket.destroyed;
  };
}

/** A socket of Node's HTTP server. It stops reading if responses wait to be sent, but not if they aren't there yet. */
interface HttpSocket extends Socket {
  /** Without it, Node would continue to read for the body of each request. */
  _paused?: boolean;
  parser?: { resume(): void } | null;
}

/** Returns what stops reading from a connection with `max` requests in progress until it has half of them. */
function pipelinePause(max: number): (req: IncomingMessage, res: ServerResponse) => void {
  const inProgress = new WeakMap<Socket, number>();
  return (req, res) => {
    const socket: HttpSocket = req.socket;
    const count = (inProgress.get(socket) ?? 0) + 1;
    inProgress.set(socket, count);
    if (count >= max && !socket._paused) {
      socket._paused = true;
      socket.pause();
    }
    res.once("close", () => {
      const left = (inProgress.get(socket) ?? 1) - 1;
      inProgress.set(socket, left);
      // Node itself continues once the client has read what waits for it.
      if (left > max / 2 || !socket._paused || socket.writableNeedDrain || socket.destroyed) return;
      socket._paused = false;
      socket.parser?.resume();
      socket.resume();
    });
  };
}

/** The status with which Node's server answers a request that its parser rejects. */
function statusOf({ code }: NodeJS.ErrnoException): number {
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") return 413;
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
}

/** Responds on the raw connection and closes it. Only closes it if an earlier response is partly sent. */
function respondAndClose(stream: Duplex, status: number, headers: Record<string, string>): void {
  // Node has no public API for the response in progress; its own error handler uses this property too.
  const { _httpMessage: current } = stream as { _httpMessage?: ServerResponse | null };
  if (!(stream instanceof Socket) || !stream.writable || current) {
    stream.destroy();
    return;
  }
  const title = STATUS_CODES[status] ?? "Error";
  const body = JSON.stringify({ type: "about:blank", title, status });
  const lines = Object.entries({
    ...headers,
    "Content-Type": "application/problem+json",
    "Content-Length": String(Buffer.byteLength(body)),
    "Cache-Control": "no-store",
    Connection: "close",
  }).map(([name, value]) => `${name}: ${value}`);
  stream.write(`HTTP/1.1 ${status} ${title}\r\n${lines.join("\r\n")}\r\n\r\n${body}`);
  stream.destroySoon();
}

/**
 * A request target in origin form (RFC 9112, 3.2.1), even if the client sent it in absolute form (3.2.2). The
 * host in it is ignored. Other forms are returned unchanged.
 */
export function originForm(target: string): string {
  if (target.startsWith("/")) return target;
  const [, rest] = /^https?:\/\/[^/?#]+(.*)$/is.exec(target) ?? [];
  if (rest === undefined) return target;
  return rest.startsWith("/") ? rest : `/${rest}`;
}
