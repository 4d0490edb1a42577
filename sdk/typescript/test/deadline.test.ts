import dns from "node:dns";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { Latchkey } from "../src/client.ts";
import { VerdictUnavailableError } from "../src/errors.ts";

const TIMEOUT_MS = 300;
/** How much later a check may end on a busy machine, ms. Each stage stalls for longer. */
const TOLERANCE_MS = 500;
const DRIP_MS = 20;
const HEADERS = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

/** Where an answer stalls: what the server does with a connection that has sent a request. */
const STAGES = {
  "sends nothing": () => {},
  "sends headers without end": (socket) => drip(socket, "HTTP/1.1 200 OK\r\nX-Slow: ", "a"),
  "sends headers only": (socket) => void socket.write(`${HEADERS}Content-Length: 100\r\n\r\n`),
  "sends a body without end": (socket) => drip(socket, `${HEADERS}Content-Length: 100000\r\n\r\n`, " "),
  "sends the size of a chunk without end": (socket) =>
    drip(socket, `${HEADERS}Transfer-Encoding: chunked\r\n\r\n1`, ";a"),
} satisfies Record<string, (socket: Socket) => void>;

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

function drip(socket: Socket, first: string, next: string): void {
  socket.write(first);
  const timer = setInterval(() => socket.write(next), DRIP_MS);
  socket.on("close", () => clearInterval(timer));
}

/** The URL of a server that reads requests and answers them with `answer`. */
async function serve(answer: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    socket.once("data", () => answer(socket));
  });
  servers.push(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What sends the requests: Node's client, or `fetch`. */
const SENDERS = { "Node's client": {}, fetch: { fetch: globalThis.fetch } };

beforeAll(async () => {
  // What Node loads for the first request is not part of what is measured.
  const url = await serve((socket) => socket.end(`${HEADERS}Content-Length: 0\r\n\r\n`));
  for (const sender of Object.values(SENDERS))
    await new Latchkey({ url, token: "t", ...sender }).verify({ key: "k" }).catch(() => {});
});

async function expectInTime(url: string[], sender: object, timeoutMs = TIMEOUT_MS): Promise<void> {
  const latchkey = new Latchkey({ url, token: "t", timeoutMs, ...sender });
  const startedAt = performance.now();
  await expect(latchkey.verify({ key: "k" })).rejects.toThrow(VerdictUnavailableError);
  expect(performance.now() - startedAt).toBeLessThan(timeoutMs + TOLERANCE_MS);
}

const CASES = Object.entries(SENDERS).flatMap(([name, sender]) =>
  Object.entries(STAGES).map(([stage, answer]) => ({ name, sender, stage, answer })),
);

test.concurrent.each(CASES)(
  "a check by $name ends in time if a verifier $stage",
  async ({ sender, answer }) => {
    await expectInTime([await serve(answer)], sender);
  },
);

test.concurrent.each(CASES)(
  "with two verifiers, both attempts by $name share the time if each $stage",
  async ({ sender, answer }) => {
    await expectInTime([await serve(answer), await serve(answer)], sender);
  },
);

test.each(Object.entries(SENDERS))(
  "a check by %s ends in time if a name is never resolved",
  async (_, sender) => {
    const lookup = vi.spyOn(dns, "lookup").mockImplementation((() => {}) as never);
    await expectInTime(["http://verifier.example:3001"], sender);
    expect(lookup).toHaveBeenCalled();
  },
);
