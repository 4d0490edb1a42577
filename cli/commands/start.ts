import { plural } from "#core/format.ts";
import { requireKeyPrefix } from "#db/key-prefixes.ts";
import { migrateDb } from "#db/migrate.ts";
import type { Db } from "#db/open.ts";
import { hasSchema, pendingMigrations } from "#db/pending-migrations.ts";
import { createFirstAdminLink } from "#domain/access/accounts/first-admin.ts";
import { readSigningSecret } from "#engine/access-tokens/signing-secret.ts";
import { redactUrl } from "#platform/redact.ts";
import { AUTH_SECRETS, parseSettings, type Settings } from "#platform/settings.ts";
import { ensureBuild } from "../build.ts";
import { cliContext, openWithRetry } from "../database.ts";
import { printLine, printNotice } from "../output.ts";
import { requireFreePort } from "../ports.ts";
import { type ProcessSpec, supervise } from "../supervise.ts";

/** Additional steps of a start: the demo fills the database and prints how to sign in. */
export interface StartSteps {
  prepare: (db: Db, settings: Settings) => Promise<void>;
  /** Lines to print when everything is ready. */
  welcome: (db: Db, settings: Settings) => Promise<string[]>;
  /** Starts background work, and returns the function that stops it. */
  whileRunning?: (db: Db) => () => void;
  /**
   * Pages are compiled on request, and processes are restarted when their code changes. The portal compiles its first
   * page while the database is filled.
   */
  development?: boolean;
}

const DEFAULT_STEPS: StartSteps = { prepare: async () => {}, welcome: firstAdminLines };

/** Builds if needed, migrates, and runs the portal and a verifier until a signal stops them. */
export async function start(steps: StartSteps = DEFAULT_STEPS): Promise<void> {
  const { development = false } = steps;
  const settings = parseSettings(process.env);
  await requireFreePort(settings.port, settings.host, "PORT");
  await requireFreePort(settings.verifierPort, settings.host, "VERIFIER_PORT");
  const startedAt = performance.now();
  const db = await openWithRetry(settings, (line) => process.stderr.write(`${line}\n`));
  let stopBackgroundWork: (() => void) | undefined;
  try {
    const isUpgrade = await hasSchema(settings.databaseUrl);
    await migrateDb(settings.databaseUrl, { report: printNotice });
    await requireKeyPrefix(db, settings);
    const preparing = steps.prepare(db, settings).then(() => steps.welcome(db, settings));
    if (!development) await preparing;
    stopBackgroundWork = steps.whileRunning?.(db);
    const verifier = verifierProcess(settings);
    const portal = portalProcess(settings);
    const beforeRestart = migrationsOf(settings);
    const processes = development
      ? [
          forDevelopment({ ...verifier, beforeRestart, prepare: async () => void (await preparing) }),
          forDevelopment({ ...portal, beforeRestart }),
        ]
      : // During an upgrade, keys are verified while the pages are built, and also if the build fails.
        [verifier, { ...portal, prepare: ensureBuild, isOptional: isUpgrade }];
    await supervise(processes, async () => {
      for (const line of summaryLines(settings, await preparing)) printLine(line);
      printLine(`ready in ${((performance.now() - startedAt) / 1000).toFixed(1)} s; press Ctrl-C to stop`);
    });
  } finally {
    stopBackgroundWork?.();
    await db.close();
  }
}

/** How to create the first administrator, as long as there is none. */
async function firstAdminLines(db: Db, settings: Settings): Promise<string[]> {
  const link = await createFirstAdminLink({ ctx: cliContext(db, settings) });
  if (link === null) return [];
  return ["There is no administrator yet. Create the first with this link (single use, 24 hours):", link];
}

function summaryLines(settings: Settings, welcome: string[]): string[] {
  return [
    "",
    `  Portal    ${settings.url}`,
    `  Verifier  ${settings.verifierUrl}`,
    `  Database  ${redactUrl(settings.databaseUrl)}`,
    "",
    ...welcome.map((line) => `  ${line}`),
    ...(welcome.length > 0 ? [""] : []),
  ];
}

function portalProcess(settings: Settings): ProcessSpec {
  return {
    name: "portal",
    file: "server/main.ts",
    readyUrl: localUrl(settings, settings.port, "/livez"),
    liveUrl: localUrl(settings, settings.port, "/livez"),
  };
}

/** A verifier signs no sessions and opens no sealed secrets. */
export const WITHOUT_AUTH_SECRETS = Object.fromEntries(
  AUTH_SECRETS.flatMap((name) => [name, `${name}_FILE`]).map((name) => [name, undefined]),
);

/** On Postgres, the signing secret may be derived from `AUTH_SECRET`, which a verifier does not get. */
function derivedSigningSecret(settings: Settings): Record<string, string> {
  if (settings.databaseUrl.startsWith("file:") || settings.accessTokens.secret !== undefined) return {};
  const secret = readSigningSecret(settings);
  return secret === null ? {} : { LATCHKEY_SIGNING_SECRET: secret };
}

function verifierProcess(settings: Settings): ProcessSpec {
  return {
    name: "verifier",
    file: "verifier/main.ts",
    env: { ...WITHOUT_AUTH_SECRETS, ...derivedSigningSecret(settings) },
    drainDelayMs: settings.drainDelaySeconds * 1_000,
    readyUrl: localUrl(settings, settings.verifierPort, "/readyz"),
    liveUrl: localUrl(settings, settings.verifierPort, "/livez"),
  };
}

/** Returns a function that applies new migrations. Concurrent calls run one after the other. */
function migrationsOf({ databaseUrl }: Settings): () => Promise<void> {
  const migrate = async () => {
    const pending = await pendingMigrations(databaseUrl);
    if (pending === 0) return;
    await migrateDb(databaseUrl, { report: printNotice });
    printNotice(`applied ${plural(pending, "migration")}`);
  };
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(migrate, migrate);
    return last;
  };
}

/** Compiling the first page can take this long on a busy machine. */
const COMPILE_TIMEOUT_MS = 300_000;

/**
 * Ready means that the first page is compiled. Next reloads what pages import, so the portal restarts only for code
 * that lives as long as its process: the HTTP server and the engine.
 */
function forDevelopment(spec: ProcessSpec): ProcessSpec {
  const shared = ["platform", "db", "engine"];
  if (spec.name === "verifier") return { ...spec, restartOnChange: ["core", "verifier", ...shared] };
  const readyUrl = new URL("/sign-in", spec.readyUrl).href;
  return { ...spec, readyUrl, readyTimeoutMs: COMPILE_TIMEOUT_MS, restartOnChange: ["server", ...shared] };
}

/** The URL at which this machine reaches a process that listens on `settings.host`. */
export function localUrl(settings: Settings, port: number, path: string): string {
  const host =
    settings.host === undefined || /^(0\.0\.0\.0|::)$/.test(settings.host) ? "127.0.0.1" : settings.host;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}${path}`;
}
