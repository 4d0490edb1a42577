import { once } from "node:events";
import type { Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeKey } from "#test/people.ts";
import { startTestVerifier, type TestVerifier } from "#test/test-verifier.ts";
import { Metrics } from "../../metrics/metrics.ts";
import { drain } from "../drain.ts";
import { verifierServers } from "../servers.ts";

/** Short, so that a test can wait for each. `node:http` adds a second to the idle time. */
const TIMEOUTS = {
  headersTimeout: 1_500,
  requestTimeout: 3_000,
  keepAliveTimeout: 200,
  connectionsCheckingInterval: 50,
  stalled: { windowMs: 1_500, minBytesPerSecond: 1_024 },
};
const WAIT = { timeout: 10_000, interval: 10 };

let verifier: TestVerifier;
let server: Server;
let port: number;
let body: string;
let stopping: boolean;
const handedOver = vi.fn();
const sockets: Socket[] = [];

beforeEach(async () => {
  stopping = false;
  handedOver.mockClear();
  verifier = await startTestVerifier();
  const { secret } = await makeKey(verifier.ctx, verifier.projectId);
  body = JSON.stringify({ key: secret, api: "badges" });
  const { engine } = verifier;
  const metrics = Object.assign(new Metrics(engine), { handedOver });
  server = verifierServers({ engine, metrics, stopping: () => stopping }, TIMEOUTS).checks();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.closeAllConnections();
  server.close();
  await verifier.stop();
});

async function open() {
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  sockets.push(socket);
  const client = { socket, received: "", closed: false };
  socket.on("data", (chunk: string) => {
    client.received += chunk;
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    client.closed = true;
  });
  await once(socket, "connect");
  return client;
}

const check = (text = body, more = "") =>
  `POST /api/v1/keys/verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${verifier.token}\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\n${more}\r\n${text}`;
const gate = () =>
  `GET /api/v1/gate/envoy/badges/x HTTP/1.1\r\nHost: x\r\nX-Latchkey-Token: ${verifier.token}\r\n\r\n`;
const codesIn = (text: string) => [...text.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code);

/** Opens a connection, and returns it with the server's side of it. */
async function openWithPeer() {
  const accepted = once(server, "connection");
  const client = await open();
  const [peer]: Socket[] = await accepted;
  if (!peer) throw new Error("no connection was accepted");
  return { client, peer };
}

/** Lets the next look-up of a project wait until the returned function is called. */
function delayNextLookUp(): () => void {
  const { projects } = verifier.engine.factStore;
  const get = projects.get.bind(projects);
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  vi.spyOn(projects, "get").mockImplementationOnce(async (id) => {
    await released;
    return get(id);
  });
  return release;
}

/** Waits until the look-up that `delayNextLookUp` delays has started. */
async function lookUpStarted(): Promise<void> {
  const { projects } = verifier.engine.factStore;
  await expect.poll(() => vi.mocked(projects.get).mock.calls.length, WAIT).toBe(1);
}

/** Waits until the server has handled what it received: it then answers another client, which sends its request last. */
async function waitForAnotherAnswer(): Promise<void> {
  const another = await open();
  another.socket.write(check());
  await expect.poll(() => codesIn(another.received), WAIT).toEqual(["VALID"]);
}

test("a connection without a request gets 408, and an idle connection is closed after a request", async () => {
  const [silent, used] = [await open(), await open()];
  used.socket.write(check());
  await expect.poll(() => codesIn(used.received), WAIT).toEqual(["VALID"]);
  expect(used.received).toMatch(/^Connection: keep-alive\r\nKeep-Alive: timeout=0\r$/m);
  await expect.poll(() => silent.closed && used.closed, WAIT).toBe(true);
  expect(silent.received).toMatch(/^HTTP\/1\.1 408 /);
  expect(codesIn(used.received)).toHaveLength(1);
  expect(handedOver).not.toHaveBeenCalled();
});

test("while a client does not read its responses, no more requests are read from it", async () => {
  const { client, peer } = await openWithPeer();
  const needsDrain = vi.spyOn(peer, "writableNeedDrain", "get").mockReturnValue(true);
  client.socket.write(check());
  await expect.poll(() => peer.isPaused(), WAIT).toBe(true);
  await expect.poll(() => codesIn(client.received), WAIT).toHaveLength(1);
  client.socket.write(check());
  await waitForAnotherAnswer();
  expect(codesIn(client.received)).toHaveLength(1);
  needsDrain.mockRestore();
  peer.emit("drain");
  await expect.poll(() => codesIn(client.received), WAIT).toHaveLength(2);
  expect(handedOver).not.toHaveBeenCalled();
});

test("a client that never reads its responses is cut off", async () => {
  const { client, peer } = await openWithPeer();
  client.socket.write(gate());
  await expect.poll(() => codesIn(client.received), WAIT).toHaveLength(1);
  // Filling the system's buffers would take megabytes.
  vi.spyOn(peer, "writableLength", "get").mockReturnValue(1);
  await expect.poll(() => client.closed, WAIT).toBe(true);
});

test("responses are sent in the order of the requests, even if the first one waits", async () => {
  const client = await open();
  const release = delayNextLookUp();
  client.socket.write(check() + check('{"key":"junk","api":"badges"}') + gate());
  await lookUpStarted();
  await waitForAnotherAnswer();
  expect(client.received).toBe("");
  release();
  await expect.poll(() => codesIn(client.received), WAIT).toEqual(["VALID", "KEY_MALFORMED", "KEY_MISSING"]);
  expect(handedOver).not.toHaveBeenCalled();
});

test("an unusual request waits for those before it, and its connection then belongs to node:http", async () => {
  const { client, peer } = await openWithPeer();
  const release = delayNextLookUp();
  client.socket.write(check());
  await lookUpStarted();
  client.socket.write(check('{"key":"","api":"badges"}', "X-Twice: 1\r\nX-Twice: 2\r\n"));
  await expect.poll(() => peer.isPaused(), WAIT).toBe(true);
  // More than a socket buffers while it is not read.
  const many = 400;
  client.socket.write(check('{"key":"junk","api":"badges"}').repeat(many));
  expect(client.received).toBe("");
  release();
  await expect.poll(() => client.received.split("HTTP/1.1 ").length - 1, WAIT).toBe(2 + many);
  expect(codesIn(client.received).slice(0, 2)).toEqual(["VALID", "KEY_MISSING"]);
  expect(handedOver).toHaveBeenCalledTimes(1);
});

test("an unusual request of a client that then ends is answered after those before it", async () => {
  const { client, peer } = await openWithPeer();
  const release = delayNextLookUp();
  client.socket.write(check());
  await lookUpStarted();
  client.socket.end(check('{"key":"","api":"badges"}', "X-Twice: 1\r\nX-Twice: 2\r\n"));
  await expect.poll(() => peer.isPaused(), WAIT).toBe(true);
  // Its end has arrived too.
  await waitForAnotherAnswer();
  release();
  await expect.poll(() => client.closed, WAIT).toBe(true);
  expect(codesIn(client.received)).toEqual(["VALID", "KEY_MISSING"]);
});

test.each([
  { read: "fast path", fastPath: true },
  { read: "node:http", fastPath: false },
])("a client that ends before its responses gets them all ($read)", async ({ fastPath }) => {
  const { engine } = verifier;
  const process = { engine, metrics: new Metrics(engine), stopping: () => false, fastPath };
  const other = verifierServers(process, TIMEOUTS).checks();
  other.listen(0, "127.0.0.1");
  await once(other, "listening");
  ({ port } = other.address() as AddressInfo);
  const client = await open();
  const release = delayNextLookUp();
  client.socket.end(check() + gate());
  await lookUpStarted();
  await waitForAnotherAnswer();
  expect(client.closed).toBe(false);
  release();
  await expect.poll(() => client.closed, WAIT).toBe(true);
  expect(codesIn(client.received)).toEqual(["VALID", "KEY_MISSING"]);
  other.closeAllConnections();
  other.close();
});

test("a request in parts is answered, and so is the next one on its connection", async () => {
  const { client, peer } = await openWithPeer();
  const request = check();
  client.socket.write(request.slice(0, 200));
  await expect.poll(() => peer.bytesRead, WAIT).toBe(200);
  client.socket.write(request.slice(200));
  await expect.poll(() => codesIn(client.received), WAIT).toEqual(["VALID"]);
  client.socket.write(request);
  await expect.poll(() => codesIn(client.received), WAIT).toEqual(["VALID", "VALID"]);
  expect(handedOver).toHaveBeenCalledTimes(1);
});

test("draining answers the requests of open connections and closes those without one", async () => {
  const [idle, busy] = [await open(), await open()];
  for (const { socket } of [idle, busy]) socket.write(check());
  await expect.poll(() => codesIn(idle.received + busy.received), WAIT).toHaveLength(2);
  stopping = true;
  const release = delayNextLookUp();
  busy.socket.write(check());
  const drained = drain(server, 0, 5_000);
  await expect.poll(() => idle.closed, WAIT).toBe(true);
  expect(busy.closed).toBe(false);
  release();
  await expect.poll(() => busy.closed, WAIT).toBe(true);
  expect(codesIn(busy.received)).toEqual(["VALID", "VALID"]);
  expect(busy.received).toMatch(/^Connection: close\r$/m);
  await drained;
});

test("without the fast path, node:http answers the same", async () => {
  const { engine } = verifier;
  const plain = verifierServers({
    engine,
    metrics: new Metrics(engine),
    stopping: () => false,
    fastPath: false,
  }).checks();
  plain.listen(0, "127.0.0.1");
  await once(plain, "listening");
  const requested = vi.fn();
  plain.on("request", requested);
  const { port } = plain.address() as AddressInfo;
  const headers = { Authorization: `Bearer ${verifier.token}`, "Content-Type": "application/json" };
  const options = { method: "POST", headers, body };
  const answer = await (await fetch(`http://127.0.0.1:${port}/api/v1/keys/verify`, options)).json();
  expect(answer.code).toBe("VALID");
  expect(requested).toHaveBeenCalledTimes(1);
  plain.closeAllConnections();
  plain.close();
});
