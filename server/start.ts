import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import { requireKeyPrefix } from "#db/key-prefixes.ts";
import { openDb } from "#db/open.ts";
import { requireCurrentSchema } from "#db/pending-migrations.ts";
import { adoptIdentities, adoptScimIssuers } from "#domain/access/accounts/adopt-identities.ts";
import { countExpiringTokens } from "#domain/access/expiring-tokens.ts";
import { readExportMetrics } from "#domain/billing/export/export-metrics.ts";
import { readAuthSecrets } from "#domain/secrets/auth-secret.ts";
import { redactOutput } from "#platform/log.ts";
import { processSingleton } from "#platform/process-singleton.ts";
import { parseSettings, SettingsError } from "#platform/settings.ts";
import { openTracing } from "#platform/tracing/open-tracing.ts";
import { currentVersion, detectVersion } from "#platform/version.ts";
import { databaseProbe } from "./database-probe.ts";
import { afterFirstPage, type PageHandler, startEngineAndJobs } from "./development.ts";
import { ownOrigin } from "./header-guard.ts";
import { portalServer } from "./http.ts";
import { onStop, runStops } from "./lifecycle.ts";
import { log } from "./log.ts";
import { silenceClientErrors } from "./malformed-actions.ts";
import { PortalMetrics } from "./metrics/portal-metrics.ts";
import { listenForMetrics, metricsServer } from "./metrics/serve-metrics.ts";
import { preloadPages } from "./preload-pages.ts";
import { unreadyDuring, unreadyReason } from "./probes.ts";
import { tryOrigins } from "./try-it/origins.ts";

const DRAIN_MS = 10_000;

/** Starts the portal: Next behind our own HTTP server. */
async function main(): Promise<void> {
  redactOutput();
  silenceClientErrors();
  detectVersion(fileURLToPath(new URL("..", import.meta.url)));
  // Node would print the error with all its properties.
  process.on("uncaughtException", fail);
  const dev = process.env.LATCHKEY_DEV === "1";
  Object.assign(process.env, { NODE_ENV: dev ? "development" : "production" });
  const settings = parseSettings(process.env);
  const publicHost = process.env.LATCHKEY_URL ? new URL(settings.url).host : undefined;
  const { current, accepted } = readAuthSecrets(settings);
  Object.assign(process.env, {
    AUTH_SECRET: current,
    LATCHKEY_ACCEPTED_AUTH_SECRETS: accepted.join("\n"),
    NEXTAUTH_SECRET: current,
    NEXTAUTH_URL: settings.url,
    NEXT_TELEMETRY_DISABLED: "1",
  });
  // Settings are read again by pages, where the value and its file together would be an error. With either of the
  // other two, next-auth takes its own URL from client or proxy headers.
  const replaced = ["AUTH_SECRET_FILE", "LATCHKEY_ACCEPTED_AUTH_SECRETS_FILE", "AUTH_TRUST_HOST", "VERCEL"];
  for (const name of replaced) Reflect.deleteProperty(process.env, name);
  // Pages open their own connections; this reports a missing database early and clearly.
  const db = await openDb(settings.databaseUrl, { poolSize: 1 });
  await requireCurrentSchema(settings.databaseUrl);
  await requireKeyPrefix(db, settings);
  await adoptIdentities(db, settings.oidc);
  await adoptScimIssuers(db, settings.oidc);
  const probe = databaseProbe(db);
  onStop("database probe", () => db.close());

  const service = { name: "latchkey-portal", version: currentVersion() };
  const tracing = await openTracing(settings, service, (error) =>
    log.warn({ error }, "could not send traces"),
  );
  onStop("traces", async () => tracing?.stop());

  const metrics = new PortalMetrics({
    version: currentVersion(),
    dataDir: settings.dataDir,
    unreadyReason,
    databaseAvailable: () => probe.isAvailable(),
    expiringTokens: () => countExpiringTokens(db.read, Date.now()),
    exportMetrics: () => readExportMetrics(db.read, Date.now()),
  });
  metrics.watchProcess();
  const metricsAccess = { metrics, token: settings.metrics.token };

  let stopping = false;
  let handle: PageHandler | undefined;
  const server = portalServer({
    settings,
    publicHost,
    dev,
    stopping: () => stopping,
    tracing,
    metrics: metricsAccess,
    databaseAvailable: () => probe.isAvailable(),
    originsOf: tryOrigins,
    handle: async (req, res) => handle?.(req, res),
  });
  const { default: next } = await import("next");
  const dir = processSingleton("root", () => fileURLToPath(new URL("..", import.meta.url)));
  const distDir = join(dir, process.env.LATCHKEY_DIST_DIR || ".next");
  const app = next({ dev, dir, httpServer: server, port: settings.port });
  const pages = app.getRequestHandler();
  handle = dev ? afterFirstPage(pages, () => startEngineAndJobs().catch(fail)) : pages;
  await app.prepare();

  const forMetrics = metricsServer(metricsAccess, () => stopping);
  await listenForMetrics(forMetrics, settings);

  // Pages of the development server keep these connections open for updates.
  const upgraded = new Set<Duplex>();
  if (dev) server.on("upgrade", (_req, socket) => upgraded.add(socket));

  const stop = () => {
    if (stopping) return;
    stopping = true;
    forMetrics.close();
    forMetrics.closeAllConnections();
    const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(async () => {
      clearTimeout(late);
      await runStops();
      await app.close().catch((err: unknown) => log.warn({ err }, "the page server failed to stop"));
      process.exit(0);
    });
    server.closeIdleConnections();
    for (const socket of upgraded) socket.destroy();
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.on("SIGHUP", stop);

  server.on("error", fail);
  server.listen(settings.port, settings.host, () => {
    const listening = server.address() as AddressInfo;
    const { port } = listening;
    // Where Next sends a server action of another page. Otherwise it takes the scheme of the public URL.
    if (!dev) process.env.__NEXT_PRIVATE_ORIGIN = ownOrigin(listening);
    log.info({ port, version: currentVersion() }, "the portal is listening");
    if (dev) return;
    unreadyDuring(preloadPages(distDir, () => stopping)).catch((err: unknown) =>
      log.warn({ err }, "pages could not be loaded in advance; each is loaded when it is opened"),
    );
  });
}

function fail(error: unknown): never {
  if (error instanceof SettingsError) process.stderr.write(`${error.message}\n`);
  else log.fatal({ err: error }, "the portal could not start");
  process.exit(1);
}

main().catch(fail);
