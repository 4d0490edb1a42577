import { connect } from "node:net";

/** Everything received on one connection. */
export interface Received {
  text: string;
  /** Of the first response; null if there was none. */
  status: number | null;
  tookMs: number;
  /** The server did not end the connection in time. */
  hung: boolean;
}

/** The bytes of a request. Its contents may be anything. */
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
 * Sends these bytes unchanged, and reads until the server closes the connection. With `thenEnd` it half-closes the
 * connection after sending: the server then need not answer.
 */
export function sendBytes(
  url: string,
  bytes: Uint8Array,
  { timeoutMs, thenEnd = false }: { timeoutMs: number; thenEnd?: boolean },
): Promise<Received> {
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
    const late = setTimeout(done, timeoutMs, true);
    // The server may close the connection while we still write: what it sent before counts.
    socket.on("error", () => {});
    socket.on("close", () => done(false));
    socket.setEncoding("latin1").on("data", (chunk: string) => {
      text += chunk;
    });
    if (thenEnd) socket.end(bytes);
    else socket.write(bytes);
  });
}

/** "100 Continue" is not a response yet. */
function statusOf(text: string): number | null {
  const [, status] = /^(?:HTTP\/1\.1 100 [^\r]*\r\n\r\n)*HTTP\/1\.1 (?!100)(\d{3}) /.exec(text) ?? [];
  return status === undefined ? null : Number(status);
}
