import { once } from "node:events";
import { text } from "node:stream/consumers";
import { openDb } from "#db/open.ts";
import { auditFileChunks } from "#domain/audit/export-chunks.ts";
import type { ExportInput } from "./start.ts";

// Generates one export of the audit log: reads the plan from standard input and writes the file to standard output.
const { databaseUrl, plan }: ExportInput = JSON.parse(await text(process.stdin));
// In one line, which the portal logs.
process.on("uncaughtException", (error) => {
  process.stderr.write(error.message);
  process.exit(1);
});
// The reader is gone, so there is nobody to report to.
process.stdout.on("error", () => process.exit(1));
const db = await openDb(databaseUrl, { poolSize: 1 });
for await (const part of auditFileChunks(db, plan)) {
  if (!process.stdout.write(part)) await once(process.stdout, "drain");
}
await db.close();
