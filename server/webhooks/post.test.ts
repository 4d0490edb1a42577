import { type AddressInfo, createServer } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Receiver, startReceiver } from "#test/receiver.ts";
import { post } from "./post.ts";

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.stop());

/** A resolver that answers each look-up with the next list; the last one stays. */
function resolverOf(...answers: string[][]) {
  const lookups: string[] = [];
  const resolveName: NonNullable<Parameters<typeof post>[3]["resolveName"]> = (name, done) => {
    const addresses = answers[Math.min(lookups.length, answers.length - 1)] ?? [];
    lookups.push(name);
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
  return { resolveName, lookups };
}
const named = (scheme: string) => `${scheme}://hooks.example:${receiver.port}/hooks?team=1`;
/** The receiver acts as a public server that does not speak TLS: this is the answer when it was reached. */
const REACHED = { status: null, error: expect.stringContaining("does not speak TLS") };

test("one POST arrives, at the IP address that was looked up, with the name of the URL", async () => {
  const { resolveName, lookups } = resolverOf(["127.0.0.1"]);
  const outcome = await post(named("http"), { "webhook-id": "evt_1" }, '{"type":"ü"}', {
    toPrivate: true,
    resolveName,
  });
  expect(outcome).toMatchObject({ status: 204, error: null });
  expect(lookups).toEqual(["hooks.example"]);
  expect(receiver.received).toMatchObject([
    {
      path: "/hooks?team=1",
      body: '{"type":"ü"}',
      headers: {
        host: `hooks.example:${receiver.port}`,
        "webhook-id": "evt_1",
        "user-agent": expect.stringMatching(/^Latchkey\/\d+\.\d+\.\d+(-[\w.]+)?$/),
      },
    },
  ]);
});

test("a name that resolves to a private IP address the second time is rejected the second time", async () => {
  const { resolveName } = resolverOf(["127.0.0.1"], ["10.0.0.7"]);
  const call = () =>
    post(named("https"), {}, "{}", {
      toPrivate: false,
      resolveName,
      mayCall: (address) => address === "127.0.0.1",
    });
  expect(await call()).toMatchObject(REACHED);
  expect(receiver.connections.count).toBe(1);
  expect(await call()).toMatchObject({ status: null, error: "Not called: a private IP address." });
  expect(receiver.connections.count).toBe(1);
});

test.each([
  [["127.0.0.1"]],
  [["::1"]],
  [["::ffff:127.0.0.1"]],
  [["169.254.169.254"]],
  [["64:ff9b::7f00:1"]],
  [["1.1.1.1", "127.0.0.1"]],
  [[]],
])("no connection is opened for a name that resolves to %j", async (addresses) => {
  const { resolveName } = resolverOf(addresses);
  const outcome = await post(named("https"), {}, "{}", { toPrivate: false, resolveName });
  expect(outcome).toMatchObject({ status: null, error: "Not called: a private IP address." });
  expect(receiver.connections.count).toBe(0);
});

test.each(["127.0.0.1", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "[::1]"])(
  "no connection is opened to %s, in any notation, even if it was saved while that was allowed",
  async (host) => {
    const outcome = await post(`https://${host}:${receiver.port}/`, {}, "{}", { toPrivate: false });
    expect(outcome).toMatchObject({ status: null, error: "Not called: a private IP address." });
    expect(receiver.connections.count).toBe(0);
  },
);

test.each([301, 302, 303, 307, 308])("a redirect (%i) is not followed", async (status) => {
  receiver.next((response) => response.writeHead(status, { Location: receiver.url }).end());
  const outcome = await post(receiver.url, {}, "{}", { toPrivate: true });
  expect(outcome).toMatchObject({ status, error: "Redirects are not followed." });
  expect(receiver.received).toHaveLength(1);
});

test("a receiver that never responds times out, and so does a name that never resolves", async () => {
  receiver.next(() => {});
  const given = { status: null, error: "It did not respond in time." };
  const brief = { toPrivate: true, timeoutMs: 100 };
  expect(await post(receiver.url, {}, "{}", brief)).toMatchObject(given);
  expect(await post(named("http"), {}, "{}", { ...brief, resolveName: () => {} })).toMatchObject(given);
});

test("a response without an end is cut off, and counts by its status", async () => {
  const cut = new Promise<void>((resolve) => {
    receiver.next((response) => {
      const chunk = Buffer.alloc(16 * 1024);
      const more = () => {
        while (!response.destroyed) if (!response.write(chunk)) return response.once("drain", more);
      };
      response.on("close", resolve).writeHead(200);
      more();
    });
  });
  expect(await post(receiver.url, {}, "{}", { toPrivate: true })).toMatchObject({ status: 200, error: null });
  await cut;
});

test("a receiver that switches protocols has failed, and holds nothing up", async () => {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () =>
      socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  try {
    const outcome = await post(`http://127.0.0.1:${port}/`, {}, "{}", { toPrivate: true, timeoutMs: 1_000 });
    expect(outcome).toMatchObject({ status: null, error: "The connection was closed." });
  } finally {
    server.close();
  }
});
