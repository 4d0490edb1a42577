import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ADVISORY_LOCKS } from "#db/advisory-locks.ts";

const SOURCES = globSync("{cli,db,demo,domain,engine,platform,server,verifier}/**/*.ts").filter(
  (path) => !path.endsWith(".test.ts"),
);

test("no two advisory locks have the same id, except for the two known pairs", () => {
  const shared = [...Map.groupBy(Object.entries(ADVISORY_LOCKS), ([, id]) => id).values()]
    .filter((locks) => locks.length > 1)
    .map((locks) => locks.map(([name]) => name));
  expect(shared).toEqual([
    ["admins", "observations"],
    ["apis", "usagePartitions"],
  ]);
});

test("every advisory lock is in the list of ids", () => {
  const taking = SOURCES.filter((path) => /pg_(?:try_)?advisory/.test(readFileSync(path, "utf8")));
  expect(taking.sort()).toEqual(["db/advisory-locks.ts", "db/migrate.ts"]);
  expect(readFileSync("db/migrate.ts", "utf8")).toContain("ADVISORY_LOCKS.migrations");
});
