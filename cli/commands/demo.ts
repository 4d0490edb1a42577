import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Db } from "#db/open.ts";
import { catchUpDemo } from "#demo/catch-up.ts";
import { DEMO_SIGN_INS, isDemo, type SeededDemo, seedDemo } from "#demo/seed.ts";
import { parseSettings, type Settings } from "#platform/settings.ts";
import { CliError, say } from "../output.ts";
import { start } from "./start.ts";

const TOP_UP_EVERY_MS = 60_000;

/** `npm run demo`: a start on a data directory of its own, filled with a living example. */
export async function demo(options: { fresh?: boolean }): Promise<void> {
  // Never where the real thing is kept: `--fresh` deletes, and everybody knows the demo's password.
  const around = process.env.LATCHKEY_DATA_DIR;
  process.env.LATCHKEY_DATA_DIR = around ? join(around, "demo") : "./demo-data";
  delete process.env.DATABASE_URL;
  // Its password is in the source: only this machine is let in, unless somebody wants it otherwise.
  process.env.LATCHKEY_HOST ||= "127.0.0.1";
  const { dataDir } = parseSettings(process.env);
  if (options.fresh) rmSync(dataDir, { recursive: true, force: true });
  let seeded: SeededDemo | null = null;
  await start({
    async prepare(db, settings) {
      seeded = await seedOnce(db, settings);
    },
    welcome: async (_, settings) => [...signIns(), ...(seeded ? example(settings, seeded) : [])],
    whileRunning(db) {
      const topUp = () => catchUpDemo({ db, nowMs: Date.now() }).catch(() => {});
      const timer = setInterval(topUp, TOP_UP_EVERY_MS);
      return () => clearInterval(timer);
    },
  });
}

async function seedOnce(db: Db, settings: Settings): Promise<SeededDemo | null> {
  if (await isDemo(db)) {
    await catchUpDemo({ db, nowMs: Date.now() });
    return null;
  }
  const [someone] = await db.read.q.select({ id: db.read.t.users.id }).from(db.read.t.users).limit(1);
  if (someone) throw new CliError(`${settings.dataDir} holds something else than the demo`);
  say("Filling the demo: 90 days of a chat platform's life.");
  return seedDemo({ db, nowMs: Date.now(), keyPrefix: settings.keyPrefix });
}

function signIns(): string[] {
  return [
    "Sign in with:",
    ...DEMO_SIGN_INS.map((who) => `  ${who.email}  ${who.password}  (${who.siteRole})`),
  ];
}

/** Shown only at the first start: neither token is kept anywhere. */
function example(settings: Settings, seeded: SeededDemo): string[] {
  return [
    "",
    "Check a key, as a service would:",
    `  curl -H 'Authorization: Bearer ${seeded.serviceToken}' -H 'Content-Type: application/json' \\`,
    `    -d '{"key":"${seeded.secret}","api":"live"}' ${settings.verifierUrl}/api/v1/keys/verify`,
  ];
}
