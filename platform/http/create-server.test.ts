import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, test } from "vitest";
import { createHttpServer } from "./create-server.ts";

/** Bytes that Node reads from a connection at a time. */
const CHUNK_BYTES = 65_536;

test.each([
  ["without a body", "GET / HTTP/1.1\r\nHost: a\r\n\r\n"],
  ["with one", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}"],
])(
  "of pipelined requests %s, no more are read while many are in progress, and all are answered",
  async (_, request) => {
    const [many, max] = [10_000, 50];
    const waiting: ServerResponse[] = [];
    let most = 0;
    const server = createHttpServer(
      { responseHeaders: {}, stalled: { windowMs: 10_000, minBytesPerSecond: 1 }, pauseAtPipelined: max },
      (req, res) => {
        req.resume();
        most = Math.max(most, waiting.push(res));
      },
    ).listen(0, "127.0.0.1");
    await once(server, "listening");
    const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
    client.write(request.repeat(many - 1) + request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
    // Answers once no further request arrives for some turns of the event loop.
    let [seen, quietTurns] = [0, 0];
    const answer = () => {
      quietTurns = waiting.length === seen ? quietTurns + 1 : 0;
      if (quietTurns > 100) for (const res of waiting.splice(0)) res.writeHead(204).end();
      seen = waiting.length;
      if (server.listening) setImmediate(answer);
    };
    answer();
    let responses = "";
    for await (const chunk of client.setEncoding("latin1")) responses += chunk;
    server.close();
    expect(responses.split("HTTP/1.1 204").length - 1).toBe(many);
    expect(most).toBeGreaterThanOrEqual(max);
    expect(most).toBeLessThan(max + (2 * CHUNK_BYTES) / request.length);
  },
);
