import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { openListeners } from "./listeners.ts";

const HOST = "127.0.0.1";
let servers: Server[] = [];
let sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  servers = [];
  sockets = [];
});

const portOf = (server: Server) => (server.address() as AddressInfo).port;

async function openAt(port: number, shared = false, onConnection: () => void = () => {}): Promise<number> {
  const make = () =>
    createServer((socket) => {
      sockets.push(socket);
      onConnection();
    });
  const opened = await openListeners(make, { port, host: HOST, shared });
  servers.push(...opened);
  const ports = new Set(opened.map(portOf));
  expect(ports.size).toBe(1);
  return [...ports][0] ?? 0;
}

test.runIf(process.platform === "linux")(
  "several connections are accepted in each turn of the event loop",
  async () => {
    const CALLERS = 160;
    let [turns, inside] = [0, 0];
    const port = await openAt(0, false, () => inside++);
    // On loopback, they are connected and wait to be accepted before the next turn.
    for (let n = 0; n < CALLERS; n++) sockets.push(connect(port, HOST).on("error", () => {}));
    while (inside < CALLERS) {
      await new Promise((resolve) => setImmediate(resolve));
      turns++;
    }
    expect(turns).toBeLessThan(CALLERS / 3);
  },
);

test("all servers listen on the same address of a host name", async () => {
  const opened = await openListeners(createServer, { port: 0, host: "localhost" });
  servers.push(...opened);
  expect(new Set(opened.map((server) => JSON.stringify(server.address()))).size).toBe(1);
});

test("a port that another process listens on is an error, even if it could be shared", async () => {
  const other = createServer();
  servers.push(other);
  other.listen(0, HOST);
  await once(other, "listening");
  await expect(openAt(portOf(other))).rejects.toMatchObject({ code: "EADDRINUSE" });
  await expect(openAt(await openAt(0))).rejects.toMatchObject({ code: "EADDRINUSE" });
});

test.runIf(process.platform === "linux")("processes can share a port if both allow it", async () => {
  const port = await openAt(0, true);
  expect(await openAt(port, true)).toBe(port);
});
