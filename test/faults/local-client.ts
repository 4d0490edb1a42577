import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Verdict } from "#core/verdict-schema.ts";
import type { Db } from "#db/open.ts";
import type { Engine } from "#engine/engine.ts";
import { verifierServers } from "#verifier/http/servers.ts";
import { Metrics } from "#verifier/metrics/metrics.ts";
import { LocalVerifier } from "../../sdk/typescript/src/local/local-verifier.ts";
import type { Check } from "../../sdk/typescript/src/verdict.ts";
import { type Clock, makeServiceToken } from "../people.ts";
import { TOKEN_SETTINGS } from "../test-verifier.ts";
import { accessTokensOf, TokenFollower } from "./token-follower.ts";

const REPORT_TIMEOUT_MS = 10_000;

/** A service that verifies keys in its own process, with a manual clock, and the HTTP server that it follows. */
export class LocalClient {
  readonly #local: LocalVerifier;
  readonly #port: number;
  #server: Server;
  readonly #tokens: TokenFollower;
  readonly serviceToken: string;
  /** How many verdicts it gave without asking. */
  answered = 0;

  private constructor(local: LocalVerifier, server: Server, tokens: TokenFollower, serviceToken: string) {
    this.#local = local;
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
    this.#tokens = tokens;
    this.serviceToken = serviceToken;
  }

  static async start(db: Db, engine: Engine, clock: Clock): Promise<LocalClient> {
    const { id, token } = await makeServiceToken(db);
    await db.write(({ q, t }) => q.update(t.serviceTokens).set({ localVerification: true }));
    if (id === "") throw new Error("no service token");
    const server = await serve(engine, 0);
    const local = await LocalVerifier.start({
      urls: [urlOf(server)],
      token,
      maxBytes: 1_048_576,
      waitMs: 5_000,
      fetch,
      onError: () => {},
      clock: { monotonic: clock.now, wall: clock.now },
    });
    return new LocalClient(local, server, new TokenFollower(urlOf(server), token, clock), token);
  }

  /** The engine was replaced: its server answers at the same port. */
  async follow(engine: Engine): Promise<void> {
    await this.leave();
    this.#server = await serve(engine, this.#port);
  }

  /** Its engine takes no more reports: what it accepted is in its journal now. */
  async leave(): Promise<void> {
    await closed(this.#server);
  }

  /** Null if it must ask the engine that it follows. */
  async verify(check: Check): Promise<Verdict | null> {
    const verdict = await this.#local.verify(check);
    if (verdict !== null) this.answered++;
    return verdict;
  }

  /** What it says about an access token, once that is one of `allowed`. */
  verifyToken(token: string, allowed: readonly string[]): Promise<string> {
    return this.#tokens.verify(token, allowed);
  }

  /** Whether it has applied all changes up to `seq`, and answers. */
  isCurrent(seq: number): boolean {
    return this.#local.isReady && this.#local.position >= seq;
  }

  /** Has all answers counted that were given so far. While simulated time passes, the reporter's second may not. */
  async report(): Promise<void> {
    const deadline = performance.now() + REPORT_TIMEOUT_MS;
    while (!(await this.#local.report())) {
      if (performance.now() > deadline) throw new Error("the service can't report");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Reports all answers. */
  async close(): Promise<void> {
    await this.#tokens.close();
    await this.#local.close();
    await closed(this.#server);
  }
}

async function serve(engine: Engine, port: number): Promise<Server> {
  const oauth = {
    accessTokens: accessTokensOf(engine),
    baseUrl: TOKEN_SETTINGS.url,
    isTrustedProxy: () => false,
  };
  const metrics = new Metrics(engine);
  const server = verifierServers({ engine, metrics, oauth, stopping: () => false }).checks();
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

async function closed(server: Server): Promise<void> {
  if (!server.listening) return;
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
