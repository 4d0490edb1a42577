import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, test } from "vitest";
import { headerOf } from "./header-of.ts";

/** What Node makes of a request with these header lines. */
async function received(lines: string[]): Promise<IncomingMessage> {
  const server = createServer((_, res) => res.end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write(`GET / HTTP/1.1\r\nHost: x\r\n${lines.map((line) => `${line}\r\n`).join("")}\r\n`);
  const [req] = await once(server, "request");
  socket.destroy();
  server.close();
  return req;
}

test("a header is what Node says it is: by any case, and the first of several", async () => {
  for (const lines of [
    ["Authorization: Bearer a"],
    ["aUTHORIZATION: Bearer a", "Authorization: Bearer b"],
    ["Authorization:", "Authorization: Bearer b"],
    ["X-Authorization: Bearer a", "Authorizatio: n"],
    ["Content-Type: application/json; charset=utf-8", "content-type: text/plain"],
    [],
  ]) {
    const req = await received(lines);
    expect(headerOf(req, "authorization")).toBe(req.headers.authorization);
    expect(headerOf(req, "content-type")).toBe(req.headers["content-type"]);
  }
});
