import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** How a verifier of `sdk/vectors` answers one request. */
export type ScriptedAnswer =
  | { status: number; json?: unknown; text?: string; headers?: Record<string, string> }
  | { hang: true }
  | { close: true };
export type ScriptedVerifier = { answers: ScriptedAnswer[] } | { down: true };

export interface ReceivedCheck {
  verifier: number;
  body: unknown;
  idempotencyKey: string | undefined;
  authorization: string | undefined;
}

/** Servers that answer as scripted, and what they received, in order. */
export class FakeVerifiers {
  readonly received: ReceivedCheck[] = [];
  readonly urls: string[] = [];
  readonly #servers: Server[] = [];

  async start(scripts: readonly ScriptedVerifier[]): Promise<void> {
    for (const [index, script] of scripts.entries()) {
      const server = this.#serve(index, "answers" in script ? script.answers : []);
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      this.urls.push(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      if ("answers" in script) this.#servers.push(server);
      else await closed(server);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#servers.map(closed));
  }

  #serve(verifier: number, answers: ScriptedAnswer[]): Server {
    let next = 0;
    return createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { "idempotency-key": idempotencyKey, authorization } = request.headers;
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
      this.received.push({
        verifier,
        body,
        authorization,
        idempotencyKey: Array.isArray(idempotencyKey) ? undefined : idempotencyKey,
      });
      const answer = answers[Math.min(next++, answers.length - 1)];
      if (answer === undefined || "close" in answer) return request.socket.destroy();
      if ("hang" in answer) return;
      response.writeHead(answer.status, { "Content-Type": "application/json", ...answer.headers });
      response.end(answer.text ?? JSON.stringify(answer.json));
    });
  }
}

async function closed(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, "close");
}
