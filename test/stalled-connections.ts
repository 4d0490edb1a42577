import { once } from "node:events";
import { connect, type Socket } from "node:net";

interface Kind {
  name: string;
  /** What the client sends first. */
  sends: string;
  /** Whether it then ends its side. */
  ends?: boolean;
  /** What it then sends repeatedly, without end. */
  drips?: string;
  /** The required response; left out if a closed connection is enough. */
  answer?: RegExp;
}

const request = (line: string, ...headers: string[]) =>
  `${[`${line} HTTP/1.1`, "Host: x", ...headers].join("\r\n")}\r\n\r\n`;
const upgrade = (protocol: string, ...headers: string[]) =>
  request("GET /livez", "Connection: Upgrade, HTTP2-Settings", `Upgrade: ${protocol}`, ...headers);
const ANSWERED = /^HTTP\/1\.1 [24]\d\d /;

/** Ways in which a client can hold a connection open. */
const KINDS: Kind[] = [
  { name: "upgrade, then gone", sends: upgrade("foo"), ends: true },
  { name: "upgrade, then silent", sends: upgrade("foo"), answer: ANSWERED },
  {
    name: "upgrade to WebSocket",
    sends: upgrade("websocket", "Sec-WebSocket-Version: 13"),
    answer: ANSWERED,
  },
  { name: "upgrade to h2c", sends: upgrade("h2c", "HTTP2-Settings: AAMAAABkAAQAoAAA"), answer: ANSWERED },
  { name: "CONNECT", sends: request("CONNECT a:1"), answer: /^HTTP\/1\.1 405 / },
  { name: "CONNECT, then gone", sends: request("CONNECT a:1"), ends: true, answer: /^HTTP\/1\.1 405 / },
  { name: "other expectation", sends: request("GET /livez", "Expect: coffee"), answer: /^HTTP\/1\.1 417 / },
  { name: "nothing at all", sends: "" },
  { name: "half of the headers, then gone", sends: "GET / HTTP/1.1\r\nHost: x\r\n", ends: true },
  { name: "half of a body, then gone", sends: `${request("POST /", "Content-Length: 50")}{`, ends: true },
  { name: "slow headers", sends: "GET / HTTP/1.1\r\nHost: x\r\nX-Drip: ", drips: "1" },
  { name: "slow body", sends: request("POST /nowhere", "Content-Length: 5000"), drips: "1" },
  {
    name: "slow chunked body",
    sends: request("POST /nowhere", "Transfer-Encoding: chunked"),
    drips: "1\r\n1\r\n",
  },
];

export interface StalledConnection {
  kind: Kind;
  socket: Socket;
  /** What the server has sent. */
  received: string;
}

/** Opens `each` connections of every kind to a server on this machine. */
export async function openStalledConnections(port: number, each: number): Promise<StalledConnection[]> {
  const opened: StalledConnection[] = [];
  for (const kind of KINDS) {
    const some = Array.from({ length: each }, () => ({
      kind,
      socket: connect(port, "127.0.0.1"),
      received: "",
    }));
    opened.push(...some);
    await Promise.all(some.map(start));
  }
  return opened;
}

async function start(client: StalledConnection): Promise<void> {
  const { kind, socket } = client;
  socket.on("error", () => {});
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    client.received += chunk;
  });
  await once(socket, "connect");
  if (kind.sends) socket.write(kind.sends);
  if (kind.ends) socket.end();
  if (kind.drips === undefined) return;
  const dripping = setInterval(() => socket.write(kind.drips ?? ""), 200);
  socket.on("close", () => clearInterval(dripping));
}

/** The kinds of which a client did not get the required response. */
export function unanswered(clients: StalledConnection[]): string[] {
  const failed = clients.filter(({ kind, received }) => kind.answer && !kind.answer.test(received));
  return [...new Set(failed.map(({ kind, received }) => `${kind.name}: ${received.slice(0, 40)}`))];
}

/**
 * The duration that nine of ten responses do not exceed. A busy machine delays some responses by seconds; a client that
 * delays others delays most of them.
 */
export function usualDelay(tookMs: readonly number[]): number {
  const sorted = tookMs.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.9) - 1] ?? Number.POSITIVE_INFINITY;
}

/** Opens a client that sends requests and never reads. Resolves when the server stops reading from it. */
export async function openUnreadConnection(
  port: number,
  request: string,
  timeoutMs = 10_000,
): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.pause();
  const many = request.repeat(Math.ceil(65_536 / request.length));
  const takesMore = async () => {
    if (socket.write(many)) return true;
    // `once` rejects when the server resets the connection.
    const drained = once(socket, "drain").then(
      () => true,
      () => false,
    );
    const closed = once(socket, "close").then(
      () => false,
      () => false,
    );
    const blocked = new Promise<boolean>((resolve) => setTimeout(resolve, 300, false).unref());
    return Promise.race([drained, closed, blocked]);
  };
  const deadline = performance.now() + timeoutMs;
  while (await takesMore())
    if (performance.now() > deadline) throw new Error("the server buffers without end");
  return socket;
}
