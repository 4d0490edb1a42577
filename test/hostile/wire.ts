import { connect } from "node:net";

/** All that came back on one connection. */
export interface Heard {
  text: string;
  /** Of the first answer; null where there was none. */
  status: number | null;
  tookMs: number;
  /** The server did not end the connection in time. */
  hung: boolean;
}

/** A request's bytes as a client writes them; what is in them may be anything. */
export function written(
  method: string,
  target: string,
  headers: readonly (readonly [name: string, value: string])[],
  body: string | Uint8Array = "",
): Buffer {
  const lines = [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), Buffer.from(body)]);
}

/**
 * Sends these very bytes, and hears until the server ends the connection. With `thenEnd` its own side is ended
 * at once: a server waits for no more, and need not answer either.
 */
export function say(
  url: string,
  bytes: Uint8Array,
  { patienceMs, thenEnd = false }: { patienceMs: number; thenEnd?: boolean },
): Promise<Heard> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const startedAt = performance.now();
    let text = "";
    const socket = connect(Number(port), hostname);
    const done = (hung: boolean) => {
      clearTimeout(late);
      socket.destroy();
      resolve({ text, status: statusOf(text), tookMs: performance.now() - startedAt, hung });
    };
    const late = setTimeout(done, patienceMs, true);
    // A server that had enough may end the connection while we still write: what it said before counts.
    socket.on("error", () => {});
    socket.on("close", () => done(false));
    socket.setEncoding("latin1").on("data", (chunk: string) => {
      text += chunk;
    });
    if (thenEnd) socket.end(bytes);
    else socket.write(bytes);
  });
}

/** “100 Continue” is no answer yet. */
function statusOf(text: string): number | null {
  const [, status] = /^(?:HTTP\/1\.1 100 [^\r]*\r\n\r\n)*HTTP\/1\.1 (?!100)(\d{3}) /.exec(text) ?? [];
  return status === undefined ? null : Number(status);
}
