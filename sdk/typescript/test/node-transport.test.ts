import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { nodeTransport } from "../src/node-transport.ts";
import { TimedOutError } from "../src/post.ts";

/** The URL of a server that answers every connection with this text. */
async function serve(text: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.write(text));
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test.each([
  ["none", ""],
  ["a protocol that nobody asked for", "HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"],
  ["no end", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"],
])("an answer is waited for no longer than asked: %s", async (_, text) => {
  const post = { url: await serve(text), headers: {}, body: "{}", timeoutMs: 100, maxBytes: 1_000 };
  const answer = nodeTransport()?.({ ...post, signal: undefined });
  await expect(answer).rejects.toBeInstanceOf(TimedOutError);
});

test("a dispatcher that the service has set for fetch, such as a proxy, is not bypassed", () => {
  const dispatcher = Symbol.for("undici.globalDispatcher.1");
  const before = Object.getOwnPropertyDescriptor(globalThis, dispatcher);
  onTestFinished(() => {
    if (before) Object.defineProperty(globalThis, dispatcher, before);
    else Reflect.deleteProperty(globalThis, dispatcher);
  });
  const set = (value: object) =>
    Object.defineProperty(globalThis, dispatcher, { value, configurable: true, writable: true });
  set(new (class ProxyAgent {})());
  expect(nodeTransport()).toBeNull();
  set(new (class Agent {})());
  expect(nodeTransport()).not.toBeNull();
});
