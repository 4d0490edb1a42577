import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { readLines, sendLine } from "./line-socket.ts";

/** Two connected sockets. */
async function connected(): Promise<{ sender: Socket; receiver: Socket }> {
  const server = createServer().listen(0, "127.0.0.1");
  const accepted = once(server, "connection");
  await once(server, "listening");
  const sender = connect((server.address() as AddressInfo).port, "127.0.0.1");
  sender.on("error", () => {});
  const [receiver]: Socket[] = await accepted;
  if (!receiver) throw new Error("no connection was accepted");
  onTestFinished(() => {
    sender.destroy();
    receiver.destroy();
    server.close();
  });
  return { sender, receiver };
}

/** The values that are received until the connection ends, and the error that ended it. */
async function received(receiver: Socket): Promise<{ values: unknown[]; error: Error | null }> {
  const values: unknown[] = [];
  let error: Error | null = null;
  readLines(receiver, (value) => values.push(value));
  receiver.on("error", (reason) => {
    error = reason;
  });
  // `once` of events would reject with the error.
  await new Promise((resolve) => receiver.once("close", resolve));
  return { values, error };
}

test("values arrive whole and in order, however they are cut", async () => {
  const { sender, receiver } = await connected();
  const reading = received(receiver);
  sendLine(sender, { id: 1, text: "ä".repeat(100_000) });
  sendLine(sender, [2]);
  sender.end('{"id":3}\n{"id":');
  const { values, error } = await reading;
  expect(values).toEqual([{ id: 1, text: "ä".repeat(100_000) }, [2], { id: 3 }]);
  expect(error).toBeNull();
});

test.each([
  ["a line without an end", "x".repeat(65_536), /too long/],
  ["a line that is not JSON", "{]\n", /JSON/],
])("%s ends the connection", async (_, chunk, reason) => {
  const { sender, receiver } = await connected();
  const reading = received(receiver);
  const more = () => {
    while (!sender.destroyed && sender.write(chunk));
  };
  sender.on("drain", more);
  more();
  const { values, error } = await reading;
  expect(values).toEqual([]);
  expect(error?.message).toMatch(reason);
});
