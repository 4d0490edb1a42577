import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** Shared by accident: transactions with one of the two locks can wait needlessly for those with the other. */
const KNOWN_PAIRS = {
  5278115: ["domain/access/accounts/users.ts", "engine/aggregation/store-observations.ts"],
  5278116: ["domain/bounds.ts", "engine/usage/partitions.ts"],
};

test("no two advisory locks have the same id, except for the two known pairs", () => {
  const uses = globSync("{db,domain,engine,platform,server,verifier}/**/*.ts")
    .filter((path) => !path.endsWith(".test.ts"))
    .flatMap((path) =>
      [...readFileSync(path, "utf8").matchAll(/\b5_278_\d{3}\b/g)].map(([id]) => ({ path, id })),
    );
  expect(uses.length).toBeGreaterThan(10);
  const shared = [...Map.groupBy(uses, ({ id }) => Number(id.replaceAll("_", "")))]
    .filter(([, users]) => users.length > 1)
    .map(([id, users]) => [id, users.map(({ path }) => path).sort()]);
  expect(Object.fromEntries(shared)).toEqual(KNOWN_PAIRS);
});

test("every advisory lock of Postgres takes an id of this range", () => {
  const taking = globSync("{db,domain,engine,platform,server,verifier}/**/*.ts").filter((path) =>
    /pg_(?:try_)?advisory/.test(readFileSync(path, "utf8")),
  );
  expect(taking.length).toBeGreaterThan(5);
  for (const path of taking) expect(readFileSync(path, "utf8"), path).toMatch(/\b5_278_\d{3}\b/);
});
