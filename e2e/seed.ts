import { migrateDb } from "#db/migrate.ts";
import { openDb } from "#db/open.ts";
import { seedDemo } from "#demo/seed.ts";

// `npm run demo` is for SQLite; journeys want its data on either database.
const [url = ""] = process.argv.slice(2);
await migrateDb(url);
const db = await openDb(url);
await seedDemo({ db, nowMs: Date.now(), keyPrefix: "lk" });
await db.close();
