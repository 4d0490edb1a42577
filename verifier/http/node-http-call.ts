import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Reply } from "#engine/check/reply.ts";
import { originForm } from "#platform/http/create-server.ts";
import { discard, readBody } from "./body.ts";
import type { HttpCall, ServerContext } from "./http-call.ts";

/** A response whose end is not known yet. */
export interface ServerStream {
  /** Bytes that the client has not read yet. */
  readonly buffered: number;
  write(text: string): void;
  end(): void;
  /** Closes the connection. */
  destroy(): void;
}

/** A request that `node:http` parsed. */
export class NodeHttpCall implements HttpCall {
  readonly context: ServerContext;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly #req: IncomingMessage;
  readonly #res: ServerResponse;

  constructor(context: ServerContext, req: IncomingMessage, res: ServerResponse) {
    this.context = context;
    this.method = req.method ?? "";
    this.url = originForm(req.url ?? "/");
    this.headers = req.headers;
    this.#req = req;
    this.#res = res;
  }

  get isComplete(): boolean {
    return this.#req.complete;
  }

  get destroyed(): boolean {
    return this.#res.destroyed;
  }

  /** The address of the connection's other end. */
  get remoteAddress(): string | undefined {
    return this.#req.socket.remoteAddress;
  }

  /** Calls `listener` when the connection closes before the response is sent. */
  onClose(listener: () => void): void {
    this.#res.on("close", listener);
  }

  readBody(maxBytes: number, tooLarge: () => void, read: (body: Buffer) => void): void {
    readBody(this.#req, maxBytes, tooLarge, read);
  }

  discardBody(): void {
    discard(this.#req);
  }

  respond(reply: Reply, keepAlive: boolean): void {
    const res = this.#res;
    if (!keepAlive) res.shouldKeepAlive = false;
    const length = { "Content-Length": Buffer.byteLength(reply.body) };
    res.writeHead(reply.status, { ...this.context.responseHeaders, ...reply.headers, ...length });
    res.end(this.method === "HEAD" ? undefined : reply.body);
  }

  /** Begins a response with status 200. `onClose` is called when its connection has closed. */
  openStream(headers: Record<string, string>, onClose: () => void): ServerStream {
    const res = this.#res;
    // The connection is not used again: a client that closes it expects it to end.
    res.shouldKeepAlive = false;
    res.on("close", onClose);
    this.#req.socket.once("end", () => res.end());
    // Sent with the first text.
    res.writeHead(200, { ...this.context.responseHeaders, ...headers });
    return {
      get buffered() {
        return res.writableLength;
      },
      write: (text) => void res.write(text),
      end: () => void res.end(),
      destroy: () => void res.destroy(),
    };
  }
}
