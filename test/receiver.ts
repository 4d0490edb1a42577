import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface Received {
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** A local HTTP server that receives webhooks. It answers 204 unless `next` says otherwise. */
export async function startReceiver() {
  const received: Received[] = [];
  const connections = { count: 0 };
  const answers: ((response: ServerResponse) => void)[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({
        path: request.url ?? "",
        headers: plain(request.headers),
        body: Buffer.concat(chunks).toString(),
      });
      const answer = answers.shift();
      if (answer) answer(response);
      else response.writeHead(204).end();
    });
  });
  server.on("connection", () => {
    connections.count++;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    connections,
    /** Sets the responses of the next requests, in order. */
    next(...statuses: (number | ((response: ServerResponse) => void))[]) {
      for (const status of statuses) {
        answers.push(typeof status === "number" ? (response) => response.writeHead(status).end() : status);
      }
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

function plain(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
