import { STATUS_CODES } from "node:http";
import type { Reply } from "#engine/check/reply.ts";

/** Writes the responses of one server as `node:http` would, but as one text. */
export class ResponseWriter {
  /** The header lines of every response. */
  readonly #common: string;
  /** The last lines of a response that keeps its connection. */
  readonly #keepAlive: string;
  #second = 0;
  #date = "";

  constructor(responseHeaders: Record<string, string>, keepAliveTimeoutMs: number) {
    this.#common = linesOf(responseHeaders);
    this.#keepAlive = `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(keepAliveTimeoutMs / 1_000)}\r\n\r\n`;
  }

  /** `bodyBytes`: the length of the body in UTF-8. `withBody` is false in the response to HEAD. */
  write(reply: Reply, bodyBytes: number, keepAlive: boolean, withBody: boolean): string {
    const head = `HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status] ?? "unknown"}\r\n${this.#common}`;
    const end = keepAlive ? this.#keepAlive : "Connection: close\r\n\r\n";
    return `${head}${linesOf(reply.headers)}Content-Length: ${bodyBytes}\r\n${this.#dateLine()}${end}${withBody ? reply.body : ""}`;
  }

  #dateLine(): string {
    const now = Date.now();
    const second = Math.floor(now / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#date = `Date: ${new Date(now).toUTCString()}\r\n`;
    }
    return this.#date;
  }
}

function linesOf(headers: Record<string, string>): string {
  let lines = "";
  for (const name in headers) lines += `${name}: ${headers[name]}\r\n`;
  return lines;
}
