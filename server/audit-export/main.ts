import { once } from "node:events";
import { text } from "node:stream/consumers";
import { openDb } from "#db/open.ts";
import { auditParts } from "#domain/audit/export-chunks.ts";
import type { ExportOrder } from "./run.ts";

// Makes one file of the audit log: the order comes in on standard input, the file goes out, and that is all.
const { databaseUrl, plan }: ExportOrder = JSON.parse(await text(process.stdin));
// Told in a line: the portal's log keeps it.
process.on("uncaughtException", (error) => {
  process.stderr.write(error.message);
  process.exit(1);
});
// Whoever read it is gone: there is nobody left to tell.
process.stdout.on("error", () => process.exit(1));
const db = await openDb(databaseUrl, { poolSize: 1 });
for await (const part of auditParts(db, plan)) {
  if (!process.stdout.write(part)) await once(process.stdout, "drain");
}
await db.close();
