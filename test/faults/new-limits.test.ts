import { afterEach, beforeEach, test } from "vitest";
import { type Db, openDb } from "#db/open.ts";
import { makeTestDatabase } from "#test/db.ts";
import { LoadGenerator } from "./load-generator.ts";
import type { ModelCheck } from "./model.ts";
import { LOCAL } from "./product.ts";
import { type OwnedProject, ProductAndModel } from "./product-and-model.ts";
import { NEEDED_SCOPES } from "./rules.ts";

/*
 * What random runs found about limits that were just set, as fixed steps. A denial that the rules do not allow
 * fails at its check.
 */
const CHECK: ModelCheck = {
  api: "badges",
  operation: "read",
  clientIp: "10.1.2.3",
  referrer: undefined,
  app: undefined,
  requiredScopes: undefined,
  neededScopes: NEEDED_SCOPES.read,
  cost: 1,
};

let db: Db;
let both: ProductAndModel;
let project: OwnedProject;
let ask: (which: number, times: number) => Promise<void>;

beforeEach(async () => {
  db = await openDb(await makeTestDatabase(), { poolSize: 5 });
  both = await ProductAndModel.start(db);
  project = both.projects[0] as OwnedProject;
  await both.create(project);
  const [key] = both.keys;
  if (!key) throw new Error("no key was created");
  await both.makeUsable(key);
  const load = new LoadGenerator(both);
  const [secret] = key.model.secrets;
  if (!secret) throw new Error("a key without a secret");
  ask = async (which, times) => {
    for (let n = 0; n < times; n++) await load.check({ which, key: key.model, secret, check: CHECK });
  };
});
afterEach(async () => {
  await both.product.stop();
  await db.close();
});

const pass = (ms: number) => both.change(`${ms} ms pass`, () => both.clock.advance(ms));

test("a new quota includes what a service answered itself just before", async () => {
  await ask(LOCAL, 6);
  await both.limitProject(project, { rate: null, quota: { limit: 5, period: "day" } });
  await ask(0, 1);
});

test("a rate limit that is new soon after the start may count earlier requests for up to two windows", async () => {
  await pass(45_000);
  await ask(0, 6);
  await both.limitProject(project, {
    rate: { limit: 5, windowSeconds: 60 },
    quota: { limit: 5, period: "day" },
  });
  for (const ms of [10_000, 50_500, 60_000]) {
    await pass(ms);
    await ask(0, 1);
  }
});
