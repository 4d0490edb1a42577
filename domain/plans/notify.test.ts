import { beforeEach, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import {
  type Clock,
  ctxOf,
  makeAdmin,
  makeApi,
  makeClock,
  makeMember,
  makeProject,
  makeUser,
} from "#test/people.ts";
import { enableApi } from "../catalog/enablement/enable.ts";
import type { Ctx } from "../context.ts";
import { changePlan } from "./change.ts";
import { createPlan } from "./create.ts";
import { notifyOfPlans } from "./notify.ts";
import { changePlanSchema, createPlanSchema, updatePlanSchema } from "./schema.ts";
import { updatePlan } from "./update.ts";

let db: Db;
let clock: Clock;
let owner: Ctx;
let admin: Ctx;
let system: Ctx;
let projectId: string;

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  const user = await makeUser(db);
  owner = ctxOf(db, user, { clock });
  admin = ctxOf(db, await makeAdmin(db), { clock });
  system = ctxOf(db, { kind: "system" }, { clock });
  projectId = await makeProject(db, user);
  await makeMember(db, projectId, "developer");
  await makeApi(db, "badges");
});

const create = (more: Record<string, unknown> = {}) =>
  createPlan({
    ctx: admin,
    input: createPlanSchema.parse({ api: "badges", slug: "pro", name: "Pro", ...more }),
  });
const update = (more: Record<string, unknown>) =>
  updatePlan({ ctx: admin, input: updatePlanSchema.parse({ api: "badges", slug: "pro", ...more }) });
const enable = (plan = "pro") => enableApi({ ctx: owner, input: { projectId, slug: "badges", plan } });
const sent = async () => {
  const count = await notifyOfPlans(system);
  expect(await notifyOfPlans(system)).toBe(0);
  return count;
};
const events = async () => {
  const { q, t } = db.read;
  return (await q.select().from(t.events)).map(({ kind, data }) => ({ kind, ...data }));
};

test("owners are notified once when a version for the end of the month takes effect, not when it is planned", async () => {
  await create();
  await enable();
  clock.advance(1_000);
  await update({ includedUnits: 5, takesEffect: "period-end" });
  expect(await sent()).toBe(0);
  clock.set(Date.UTC(2026, 11, 1));
  expect(await sent()).toBe(1);
  expect(await events()).toMatchObject([
    { kind: "plan.updated", api: "badges", plan: "Pro", version: 2, appliesAt: "2026-12-01T00:00:00.000Z" },
  ]);
  // Owners only: developers can't choose another plan.
  expect(await db.read.q.$count(db.read.t.notifications)).toBe(1);
});

test("no one is notified of a version that was replaced before it began, that is old, or that predates the subscription", async () => {
  await create();
  await update({ includedUnits: 5 });
  clock.advance(1_000);
  await enable();
  expect(await sent()).toBe(0);
  await update({ includedUnits: 6, takesEffect: "period-end" });
  clock.advance(1_000);
  await update({ includedUnits: 7, replacePlanned: true });
  clock.set(Date.UTC(2026, 11, 1));
  // The portal was away for more than two days: the version is no longer new.
  expect(await sent()).toBe(0);
  clock.advance(1_000);
  await update({ overage: "allow" });
  expect(await sent()).toBe(1);
});

test("owners are reminded 7 and 1 days before a trial ends, unless the project leaves the plan before", async () => {
  await create({ trialDays: 14 });
  await createPlan({
    ctx: admin,
    input: createPlanSchema.parse({ api: "badges", slug: "free", name: "Free" }),
  });
  await enable();
  const start = clock.now();
  clock.set(start + 7 * DAY_MS - 1);
  expect(await sent()).toBe(0);
  clock.advance(1);
  expect(await sent()).toBe(1);
  clock.set(start + 13.5 * DAY_MS);
  expect(await sent()).toBe(1);
  expect(await events()).toMatchObject([
    { kind: "plan.trial-ending", days: 7, trialEndsAt: new Date(start + 14 * DAY_MS).toISOString() },
    { kind: "plan.trial-ending", days: 1, hours: 12 },
  ]);
  const input = changePlanSchema.parse({ projectId, slug: "badges", plan: "free" });
  await changePlan({ ctx: owner, input });
  clock.set(start + 13.9 * DAY_MS);
  expect(await sent()).toBe(0);
});

test("a trial of five days has one reminder", async () => {
  await create({ trialDays: 5 });
  await enable();
  clock.advance(1_000);
  expect(await sent()).toBe(0);
  clock.advance(4 * DAY_MS);
  expect(await sent()).toBe(1);
});
