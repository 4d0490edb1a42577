import { recordChange } from "#db/changes.ts";
import { openDb } from "#db/open.ts";

/** A process for `db/processes.test.ts`: writes `count` changes, several at a time. */
const [url = "", name = "", count = "0"] = process.argv.slice(2);
const db = await openDb(url);
await Promise.all(
  Array.from({ length: Number(count) }, (_, i) =>
    db.write((tx) => recordChange(tx, { kind: "key", subject: `${name}_${i}` }, i)),
  ),
);
await db.close();
