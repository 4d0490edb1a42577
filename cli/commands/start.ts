import { migrateDb } from "#db/migrate.ts";
import type { Db } from "#db/open.ts";
import { createFirstAdminLink } from "#domain/access/accounts/first-admin.ts";
import { parseSettings, type Settings } from "#platform/settings.ts";
import { ensureBuild } from "../build.ts";
import { cliCtx, openPatiently, shownUrl } from "../database.ts";
import { say } from "../output.ts";
import { requireFreePort } from "../ports.ts";
import { type Supervised, supervise } from "../supervise.ts";

/** Further steps of a start: the demo fills the database and says how to sign in. */
export interface StartSteps {
  prepare: (db: Db, settings: Settings) => Promise<void>;
  /** Lines to show once everything runs. */
  welcome: (db: Db, settings: Settings) => Promise<string[]>;
  /** Starts what goes on until the end, and returns how to end it. */
  whileRunning?: (db: Db) => () => void;
}

const PLAIN: StartSteps = { prepare: async () => {}, welcome: firstAdminLink };

/** Builds if needed, migrates, and runs the portal and a verifier until a signal ends them. */
export async function start(steps: StartSteps = PLAIN): Promise<void> {
  const settings = parseSettings(process.env);
  await requireFreePort(settings.port, settings.host, "PORT");
  await requireFreePort(settings.verifierPort, settings.host, "VERIFIER_PORT");
  await ensureBuild();
  const startedAt = performance.now();
  const db = await openPatiently(settings, (line) => process.stderr.write(`${line}\n`));
  let endRunning: (() => void) | undefined;
  try {
    await migrateDb(settings.databaseUrl);
    await steps.prepare(db, settings);
    const welcome = await steps.welcome(db, settings);
    endRunning = steps.whileRunning?.(db);
    await supervise([portalProcess(settings), verifierProcess(settings)], async () => {
      for (const line of whereItRuns(settings, welcome)) say(line);
      say(`ready in ${((performance.now() - startedAt) / 1000).toFixed(1)} s; Ctrl-C ends it`);
    });
  } finally {
    endRunning?.();
    await db.close();
  }
}

/** While there is no administrator: how to make the first. */
async function firstAdminLink(db: Db, settings: Settings): Promise<string[]> {
  const link = await createFirstAdminLink({ ctx: cliCtx(db, settings) });
  if (link === null) return [];
  return ["There is no administrator yet. Make the first here, once, within 24 hours:", link];
}

function whereItRuns(settings: Settings, welcome: string[]): string[] {
  return [
    "",
    `  Portal    ${settings.url}`,
    `  Verifier  ${settings.verifierUrl}`,
    `  Database  ${shownUrl(settings.databaseUrl)}`,
    "",
    ...welcome.map((line) => `  ${line}`),
    ...(welcome.length > 0 ? [""] : []),
  ];
}

export function portalProcess(settings: Settings): Supervised {
  return {
    name: "portal",
    file: "server/main.ts",
    readyUrl: localUrl(settings, settings.port, "/livez"),
    liveUrl: localUrl(settings, settings.port, "/livez"),
  };
}

export function verifierProcess(settings: Settings): Supervised {
  return {
    name: "verifier",
    file: "verifier/main.ts",
    lingerMs: settings.lingerSeconds * 1_000,
    readyUrl: localUrl(settings, settings.verifierPort, "/readyz"),
    liveUrl: localUrl(settings, settings.verifierPort, "/livez"),
  };
}

/** Where this machine reaches a process that listens on `settings.host`. */
export function localUrl(settings: Settings, port: number, path: string): string {
  const host =
    settings.host === undefined || /^(0\.0\.0\.0|::)$/.test(settings.host) ? "127.0.0.1" : settings.host;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}${path}`;
}
