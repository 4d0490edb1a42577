import { afterEach, beforeEach, expect, test } from "vitest";
import { NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import {
  type Clock,
  ctxOf,
  enableFor,
  makeApi,
  makeClock,
  makeKey,
  makeProject,
  makeUser,
} from "#test/people.ts";
import { startTraffic, type Traffic } from "#test/traffic.ts";
import { disableApi } from "../../catalog/enablement/disable.ts";
import type { Ctx } from "../../context.ts";
import { updateKeySchema } from "../schema.ts";
import { updateKey } from "../update.ts";
import { listDenials } from "./list.ts";
import { listDenialsSchema } from "./schema.ts";

let db: Db;
let clock: Clock;
let ctx: Ctx;
let projectId: string;
let keyId: string;
let secret: string;
let checks: Traffic;
beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock });
  projectId = await makeProject(db, owner);
  await makeApi(db, "badges", { operations: ["badges.sync", "badges.list"] });
  await makeApi(db, "offers");
  for (const slug of ["badges", "offers"]) await enableFor(db, projectId, slug);
  ({
    secret,
    key: { id: keyId },
  } = await makeKey(ctx, projectId));
  checks = await startTraffic(db, clock);
});
afterEach(() => checks.end());

async function change(fields: object): Promise<void> {
  await updateKey({ ctx, input: updateKeySchema.parse({ projectId, keyId, ...fields }) });
  checks.clearCache();
}

/** The entries offered for each denied request, newest first. */
async function remedies(trial = false): Promise<(string | null)[]> {
  await checks.count();
  const input = listDenialsSchema.parse({ projectId, trial });
  const { items } = await listDenials({ ctx, input });
  return items.map(({ remedy, noRemedy }) => remedy?.label ?? noRemedy);
}

const recordDenial = async (restrictions: Partial<Restrictions>, call: object) => {
  await change({ restrictions });
  clock.advance(1);
  await checks.send({ key: secret, api: "badges", ...call });
};
const IOS = { apps: { android: [], ios: [{ bundleId: "com.example.app" }] } };

test("no entry is offered for a restriction type that is empty by now: it would deny everyone else", async () => {
  await recordDenial({ ips: ["198.51.100.7"] }, { clientIp: "203.0.113.9" });
  await recordDenial({ referrers: ["example.com"] }, { origin: "https://shop.example" });
  await recordDenial(IOS, { iosBundleId: "com.example.other" });
  await recordDenial({ apis: [{ api: "offers", operations: [] }] }, {});
  expect(await remedies()).toEqual([
    "Allow the API badges",
    "Already allowed: apps are no longer restricted.",
    "Already allowed: websites are no longer restricted.",
    "Already allowed: IP addresses are no longer restricted.",
  ]);
  await change({ restrictions: { ips: ["198.51.100.7"] } });
  expect((await remedies())[0]).toBe("Already allowed: APIs are no longer restricted.");
  expect((await remedies())[3]).toBe("Allow 203.0.113.9");
  await change({ restrictions: { ips: ["198.51.100.7", "203.0.113.0/24"] } });
  expect((await remedies())[3]).toBe("Already allowed by the current restrictions.");
});

test("an operation that the catalog lacks or an API that is no longer enabled is named and not offered", async () => {
  const restrictions = { apis: [{ api: "badges", operations: ["badges.sync"] }] };
  await recordDenial(restrictions, { operation: "badges.list" });
  await recordDenial(restrictions, { operation: "badges.legacy" });
  const lacking = "badges has no operation badges.legacy.";
  expect(await remedies()).toEqual([lacking, "Allow badges.list"]);
  await recordDenial(restrictions, { api: "offers" });
  expect(await remedies()).toEqual(["Allow the API offers", lacking, "Allow badges.list"]);
  await disableApi({ ctx, input: { projectId, slug: "offers" } });
  expect((await remedies())[0]).toMatch(/^The project has not enabled this API\./);
});

test("for an API without operations in the catalog, any operation is offered", async () => {
  await recordDenial(
    { apis: [{ api: "offers", operations: ["offers.list"] }] },
    { api: "offers", operation: "x" },
  );
  expect(await remedies()).toEqual(["Allow x"]);
});

test("a request that report-only restrictions would have denied is evaluated with those", async () => {
  await change({ trial: { ...NO_RESTRICTIONS, ips: ["198.51.100.7"] } });
  await checks.send({ key: secret, api: "badges", clientIp: "203.0.113.9" });
  expect(await remedies(true)).toEqual(["Allow 203.0.113.9"]);
});
