import type { IncomingHttpHeaders } from "node:http";
import type { Reply } from "#engine/check/reply.ts";
import type { CheckRequestKind } from "../../metrics/latency.ts";
import type { HttpCall, ServerContext } from "../http-call.ts";
import type { RequestHead } from "./request-reader.ts";

const EMPTY = Buffer.alloc(0);

/** The connection that a call came on. */
export interface CallConnection {
  readonly context: ServerContext;
  readonly destroyed: boolean;
  /** Sends the responses that are ready, in the order of their requests. */
  flush(): void;
}

/** A request that the fast path read. Its whole body is there. */
export class FastCall implements HttpCall {
  readonly kind: CheckRequestKind;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly isComplete = true;
  reply: Reply | null = null;
  keepAlive = true;
  readonly #connection: CallConnection;
  #body: Buffer;

  constructor(connection: CallConnection, head: RequestHead, body: Buffer) {
    this.#connection = connection;
    this.kind = head.kind;
    this.method = head.method;
    this.url = head.url;
    this.headers = head.headers;
    this.#body = body;
  }

  get context(): ServerContext {
    return this.#connection.context;
  }

  get destroyed(): boolean {
    return this.#connection.destroyed;
  }

  readBody(maxBytes: number, tooLarge: () => void, read: (body: Buffer) => void): void {
    if (this.#body.length > maxBytes) tooLarge();
    else read(this.#body);
  }

  /** Frees the bytes that the request was read from: a rejected request waits for up to a second. */
  discardBody(): void {
    this.#body = EMPTY;
  }

  respond(reply: Reply, keepAlive: boolean): void {
    this.reply = reply;
    this.keepAlive = keepAlive;
    this.#connection.flush();
  }
}
