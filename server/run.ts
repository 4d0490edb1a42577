import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { parseSettings, SettingsError } from "#core/settings.ts";
import { openDb } from "#db/open.ts";
import { guardOutput } from "#verifier/make-log.ts";
import { openTracing } from "#verifier/open-tracing.ts";
import packageJson from "../package.json" with { type: "json" };
import { readAuthSecret } from "./auth-secret.ts";
import { capBody } from "./body-cap.ts";
import { admit } from "./gate.ts";
import { headerGuard } from "./incoming.ts";
import { onStop, runStops } from "./lifecycle.ts";
import { log } from "./log.ts";
import { withRequestId } from "./request-scope.ts";
import { securityHeaders } from "./security-headers.ts";
import { shared } from "./shared.ts";
import { traceRequest } from "./trace.ts";

const DRAIN_MS = 10_000;

/** The portal's process: Next behind a server of our own, which knows who calls and how to end. */
async function main(): Promise<void> {
  guardOutput();
  // Node would print it with all that hangs on it.
  process.on("uncaughtException", fail);
  const dev = process.env.LATCHKEY_DEV === "1";
  Object.assign(process.env, { NODE_ENV: dev ? "development" : "production" });
  const settings = parseSettings(process.env);
  const publicHost = process.env.LATCHKEY_URL ? new URL(settings.url).host : undefined;
  const authSecret = readAuthSecret(settings);
  Object.assign(process.env, {
    AUTH_SECRET: authSecret,
    NEXTAUTH_SECRET: authSecret,
    NEXTAUTH_URL: settings.url,
    NEXT_TELEMETRY_DISABLED: "1",
  });
  // The pages open their own connections; this only says early and clearly that there is no database.
  await (await openDb(settings.databaseUrl, { poolSize: 1 })).close();

  const service = { name: "latchkey-portal", version: packageJson.version };
  const tracing = await openTracing(settings, service, (fault) =>
    log.warn({ fault }, "traces can't be sent"),
  );
  onStop("traces", async () => tracing?.stop());

  const server = createServer({ requestTimeout: 60_000, headersTimeout: 15_000, keepAliveTimeout: 65_000 });
  const { default: next } = await import("next");
  const dir = shared("root", () => fileURLToPath(new URL("..", import.meta.url)));
  const app = next({ dev, dir, httpServer: server, port: settings.port });
  const handle = app.getRequestHandler();
  await app.prepare();

  const apiHeaders = new Map(Object.entries(securityHeaders(settings.url)));
  const guard = headerGuard(settings, publicHost);
  let stopping = false;
  server.on("request", (req, res) => {
    if (stopping) res.setHeader("Connection", "close");
    // A connection that was kept alive for this answer would hold the end up.
    res.once("close", () => stopping && setImmediate(() => server.closeIdleConnections()));
    if (req.url === "/livez") return void res.end("ok\n");
    guard(req);
    if (req.url?.startsWith("/api/v1/")) res.setHeaders(apiHeaders);
    withRequestId(res, (scope) => {
      if (tracing) traceRequest(tracing, scope, req, res);
      if (!admit(req, res) || !capBody(req, res)) return;
      handle(req, res).catch((err: unknown) => {
        log.error({ err }, "a request was not answered");
        if (!res.headersSent) res.writeHead(500);
        res.end();
      });
    });
  });

  const stop = () => {
    if (stopping) return;
    stopping = true;
    const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(async () => {
      clearTimeout(late);
      await runStops();
      await app.close().catch((err: unknown) => log.warn({ err }, "the page server did not end well"));
      process.exit(0);
    });
    server.closeIdleConnections();
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);

  server.on("error", fail);
  server.listen(settings.port, settings.host, () => {
    const { port } = server.address() as AddressInfo;
    log.info({ port }, "the portal listens");
  });
}

function fail(error: unknown): never {
  if (error instanceof SettingsError) process.stderr.write(`${error.message}\n`);
  else log.fatal({ err: error }, "the portal could not start");
  process.exit(1);
}

main().catch(fail);
