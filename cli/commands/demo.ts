import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Db } from "#db/open.ts";
import { catchUpDemo } from "#demo/catch-up.ts";
import { DEMO_SIGN_INS, isDemo, type SeededDemo, seedDemo } from "#demo/seed.ts";
import { parseSettings, type Settings } from "#platform/settings.ts";
import { CliError, printLine } from "../output.ts";
import { start } from "./start.ts";

const CATCH_UP_INTERVAL_MS = 60_000;
/** Requests in the example data. Fewer while developing, where the start should be fast. */
const DEMO_REQUESTS = 1_000_000;
const DEV_REQUESTS = 20_000;

export interface DemoOptions {
  /** Deletes the demo's data first. */
  fresh?: boolean;
}

/** `npm run demo`: a start with its own data directory, filled with example data. */
export async function demo({ fresh }: DemoOptions, development = false): Promise<void> {
  // Never the real data directory: `--fresh` deletes it, and the demo's passwords are public.
  const parent = process.env.LATCHKEY_DATA_DIR;
  process.env.LATCHKEY_DATA_DIR = parent ? join(parent, "demo") : "./demo-data";
  delete process.env.DATABASE_URL;
  delete process.env.DATABASE_URL_FILE;
  // Example data must not be counted with real data.
  delete process.env.USAGE_URL;
  delete process.env.USAGE_URL_FILE;
  // Its passwords are in the source code, so only this machine can reach it unless LATCHKEY_HOST says otherwise.
  process.env.LATCHKEY_HOST ||= "127.0.0.1";
  const { dataDir } = parseSettings(process.env);
  if (fresh) rmSync(dataDir, { recursive: true, force: true });
  let seeded: SeededDemo | null = null;
  await start({
    development,
    async prepare(db, settings) {
      seeded = await seedIfEmpty(db, settings, development ? DEV_REQUESTS : DEMO_REQUESTS);
    },
    welcome: async (_, settings) => [...signInLines(), ...(seeded ? exampleLines(settings, seeded) : [])],
    whileRunning(db) {
      const catchUp = () =>
        catchUpDemo({ db, nowMs: Date.now() }).catch(() => {
          // It continues from where it was: the next run adds this traffic too.
        });
      const timer = setInterval(catchUp, CATCH_UP_INTERVAL_MS);
      return () => clearInterval(timer);
    },
  });
}

/**
 * `npm run dev`: the demo with hot reload. Pages are compiled on request and refreshed after an edit, and the verifier
 * is restarted when its code changes.
 */
export async function dev(options: DemoOptions): Promise<void> {
  process.env.LATCHKEY_DEV = "1";
  // Apart from the production build, which stays usable.
  process.env.LATCHKEY_DIST_DIR ||= ".next-dev";
  await demo(options, true);
}

async function seedIfEmpty(db: Db, settings: Settings, checks: number): Promise<SeededDemo | null> {
  if (await isDemo(db)) {
    await catchUpDemo({ db, nowMs: Date.now() });
    return null;
  }
  const [user] = await db.read.q.select({ id: db.read.t.users.id }).from(db.read.t.users).limit(1);
  if (user) throw new CliError(`${settings.dataDir} contains data that is not the demo's`);
  printLine("Creating the demo data: 90 days of a chat platform.");
  return seedDemo({ db, nowMs: Date.now(), keyPrefix: settings.keyPrefix, checks });
}

function signInLines(): string[] {
  return [
    "Sign in with:",
    ...DEMO_SIGN_INS.map((account) => `  ${account.email}  ${account.password}  (${account.siteRole})`),
  ];
}

/** Printed only at the first start: neither token is stored. */
function exampleLines(settings: Settings, seeded: SeededDemo): string[] {
  return [
    "",
    "Verify a key, as a service would:",
    `  curl -H 'Authorization: Bearer ${seeded.serviceToken}' -H 'Content-Type: application/json' \\`,
    `    -d '{"key":"${seeded.secret}","api":"live"}' ${settings.verifierUrl}/api/v1/keys/verify`,
  ];
}
