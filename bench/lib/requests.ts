import type { Server } from "./server.ts";

/** One HTTP request of a load. */
export interface HttpRequest {
  method: "GET" | "POST";
  /** From the root of the server, with its query. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** The bytes of requests, each ended with NUL. */
export function raw({ url }: Pick<Server, "url">, requests: readonly HttpRequest[]): string {
  const { host } = new URL(url);
  return requests
    .map(({ method, path, headers, body }) => {
      const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
      const lines = Object.entries({ Host: host, ...headers, ...length }).map(
        ([name, value]) => `${name}: ${value}\r\n`,
      );
      return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body ?? ""}\0`;
    })
    .join("");
}

/** The same request with each of the bodies. */
export function posts(
  path: string,
  headers: Record<string, string>,
  bodies: readonly string[],
): HttpRequest[] {
  const all = { "Content-Type": "application/json", ...headers };
  return bodies.map((body) => ({ method: "POST", path, headers: all, body }));
}
