import type { Socket } from "node:net";
import { answerCheck } from "../checks.ts";
import type { ServerContext } from "../http-call.ts";
import { type CallConnection, FastCall } from "./fast-call.ts";
import { RequestReader } from "./request-reader.ts";
import type { ResponseWriter } from "./response-bytes.ts";

/** With more requests than this unanswered, no more are read from their connection. */
export const MAX_UNANSWERED = 100;

export interface FastConnectionOptions {
  context: ServerContext;
  writer: ResponseWriter;
  /** Gives the connection to `node:http`. It is paused, and what was read and not answered is back in its buffer. */
  handOver: (socket: Socket) => void;
  /** Called when the connection has closed or was handed over. */
  onLeave: (connection: FastConnection) => void;
}

/**
 * A connection on the fast path: answers common requests on the socket. From the first chunk that contains anything
 * else, the connection is left to `node:http` for good, once the requests before that chunk are answered.
 */
export class FastConnection implements CallConnection {
  readonly socket: Socket;
  /** Since when there is no unanswered request, monotonic, ms. */
  idleSinceMs: number;
  /** Whether a request was answered. */
  isUsed = false;
  readonly #options: FastConnectionOptions;
  readonly #reader = new RequestReader();
  /** Requests whose response was not sent yet, in order. */
  #calls: FastCall[] = [];
  /** It is left to `node:http` once its requests are answered. */
  #isLeaving = false;
  #isClosing = false;
  /** The client has sent everything. */
  #isEnded = false;

  constructor(socket: Socket, options: FastConnectionOptions) {
    this.socket = socket;
    this.#options = options;
    this.idleSinceMs = performance.now();
    socket.on("data", this.#onData).on("end", this.#onEnd).on("drain", this.#onDrain);
    socket.on("error", this.#onError).on("close", this.#onClose);
  }

  get context(): ServerContext {
    return this.#options.context;
  }

  get destroyed(): boolean {
    return this.socket.destroyed;
  }

  /** Whether it waits for a request, or for the rest of its client's bytes. */
  get isIdle(): boolean {
    return this.#calls.length === 0 && this.socket.writableLength === 0;
  }

  flush(): void {
    let sent = 0;
    for (const call of this.#calls) {
      if (call.reply === null || this.#isClosing) break;
      this.#send(call);
      sent++;
    }
    if (sent === 0) return;
    if (this.#calls.length === sent) this.#calls = [];
    else this.#calls.splice(0, sent);
    this.#proceed();
  }

  #onData = (chunk: Buffer): void => {
    if (this.#isClosing) return;
    const calls = this.#callsIn(chunk);
    if (calls === null) {
      this.#isLeaving = true;
      this.socket.pause();
      // At once: a paused socket whose buffer is empty would report its end, after which nothing can be put back.
      this.socket.unshift(chunk);
      this.#proceed();
      return;
    }
    for (const call of calls) {
      this.#calls.push(call);
      answerCheck(call, call.kind);
    }
    if (this.#isFull) this.socket.pause();
  };

  /**
   * The requests that a chunk consists of; null if it contains anything else. All or nothing: `node:http` drops the
   * responses of requests that arrive together with an error, so it must see both.
   */
  #callsIn(chunk: Buffer): FastCall[] | null {
    const calls: FastCall[] = [];
    for (let at = 0; at < chunk.length; at = this.#reader.bodyEnd) {
      const head = this.#reader.read(chunk, at);
      if (head === null) return null;
      calls.push(new FastCall(this, head, chunk.subarray(this.#reader.bodyStart, this.#reader.bodyEnd)));
    }
    return calls;
  }

  #send(call: FastCall): void {
    const { reply, keepAlive } = call;
    if (reply === null || this.socket.destroyed) return;
    const withBody = call.method !== "HEAD";
    const bodyBytes = Buffer.byteLength(reply.body);
    const text = this.#options.writer.write(reply, bodyBytes, keepAlive, withBody);
    // The head is ASCII, so the text is too if no character of the body needs more than one byte.
    this.socket.write(text, bodyBytes === reply.body.length ? "latin1" : "utf8");
    this.isUsed = true;
    if (!keepAlive) this.#close();
  }

  /** Continues with what waited for a response or for the client to read. */
  #proceed(): void {
    if (this.#isClosing) return;
    const isAnswered = this.#calls.length === 0;
    if (isAnswered) this.idleSinceMs = performance.now();
    if (isAnswered && this.#isLeaving) this.#leave();
    else if (isAnswered && this.#isEnded) this.#close();
    else if (!this.#isLeaving && !this.#isFull && this.socket.isPaused()) this.socket.resume();
  }

  get #isFull(): boolean {
    return this.socket.writableNeedDrain || this.#calls.length > MAX_UNANSWERED;
  }

  #close(): void {
    this.#isClosing = true;
    this.#calls = [];
    this.socket.destroySoon();
  }

  #leave(): void {
    const { socket } = this;
    if (socket.destroyed) return;
    socket.off("data", this.#onData).off("end", this.#onEnd).off("drain", this.#onDrain);
    socket.off("error", this.#onError).off("close", this.#onClose);
    this.#options.onLeave(this);
    this.#options.handOver(socket);
  }

  #onEnd = (): void => {
    this.#isEnded = true;
    this.#proceed();
  };

  #onDrain = (): void => this.#proceed();

  #onError = (): void => {
    this.socket.destroy();
  };

  #onClose = (): void => {
    this.#calls = [];
    this.#options.onLeave(this);
  };
}
