import { openDb } from "#db/open.ts";
import { correctAllHours, generateEvents } from "#domain/billing/export/generate.ts";
import { runExports } from "#domain/billing/export/send.ts";
import { sealerWith } from "#domain/secrets/sealer.ts";
import { postEvents } from "#server/billing/post-events.ts";

/*
 * The billing jobs of a portal, once, in a process that a test can kill. Settings: DATABASE_URL, AUTH_SECRET, and
 * LATCHKEY_TEST_NOW, its time at the start in epoch ms.
 */
const { DATABASE_URL = "", AUTH_SECRET = "", LATCHKEY_TEST_NOW } = process.env;
const startedAt = Date.now();
const now = () => Number(LATCHKEY_TEST_NOW) + Date.now() - startedAt;

const db = await openDb(DATABASE_URL, { poolSize: 2 });
while ((await generateEvents(db, { recent: 0, older: 0 }, now())) > 0);
await correctAllHours(db, now());
await runExports({
  db,
  sealer: sealerWith(AUTH_SECRET),
  now,
  send: (url, request) => postEvents(url, request, { toPrivate: true }),
});
await db.close();
process.exit(0);
