import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { describeError } from "#platform/redact.ts";
import { openTestDb } from "#test/db.ts";
import type { Db } from "./open.ts";

const SECRET = "hunter2hunter2";
/** Text that could be mistaken for the end of a value. */
const VALUES = [
  `"${SECRET}"`,
  `'${SECRET}`,
  `a\n${SECRET}`,
  `"\n    at ${SECRET} (file.ts:1)`,
  `\\"${SECRET}`,
  `\nparams: ${SECRET}`,
  `${"x".repeat(1_500_000)}"${SECRET}`,
];

let db: Db;
beforeEach(async () => {
  db = await openTestDb();
});

/** The error of an insert that fails, because it leaves out columns that must not be null. */
async function failWith(value: string): Promise<unknown> {
  const { apis } = db.read.t;
  const row = { id: "api_1", slug: value, name: value } as typeof apis.$inferInsert;
  return db
    .write((tx) => tx.q.insert(apis).values(row))
    .then(
      () => null,
      (error: unknown) => error,
    );
}

test.each(VALUES.map((value) => [value.slice(-40), value]))(
  "a failed query's error never contains its values, however it is printed: %j",
  async (_, value) => {
    const error = await failWith(value);
    const printed = [
      JSON.stringify(describeError(error)),
      inspect(error, { depth: 9, showHidden: true, maxStringLength: null }),
      String(error),
    ];
    for (const text of printed) {
      expect(text).toMatch(/insert into/i);
      expect(text).not.toContain(SECRET);
      expect(text.length).toBeLessThan(50_000);
    }
    expect(describeError(error).stack).toContain("query-errors.test.ts");
  },
);

test("an error never quotes a value that the database rejects", async () => {
  const { apis } = db.read.t;
  const select = db.read.q.select({ n: sql`cast(${`"${SECRET}`} as bigint)` }).from(apis);
  // SQLite casts anything to a number.
  const error = await select.then(
    () => new Error("insert into"),
    (failure: unknown) => failure,
  );
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(SECRET);
  expect(JSON.stringify(describeError(error))).not.toContain(SECRET);
});
