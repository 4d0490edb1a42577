import { beforeEach, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import { createLifecycleFixture, type Site } from "#test/lifecycle-fixture.ts";
import { setPolicies } from "../../../access/policies/set.ts";
import { rotateKey } from "../../rotate.ts";
import { updateKey } from "../../update.ts";
import { dryRunSecretAge, dryRunSiteSecretAge } from "../secret-age/dry-run.ts";
import { setSecretAge } from "../secret-age/set.ts";
import { runDailyJobs } from "./run-daily-jobs.ts";

let site: Site;
let projectId: string;
beforeEach(async () => {
  site = await createLifecycleFixture();
  ({ projectId } = site);
});
const setOwn = (maxDays: number, cut = true) =>
  setSecretAge({ ctx: site.asOwner, input: { projectId, rule: { maxDays, cut } } });
const lastAnnouncedCut = async () => (await site.notifications())[0]?.data.cutAt;

test("the stricter rule sends the reminders, and a key is disabled only by a rule that says so", async () => {
  const { admin, add, pass, passTo, kinds, statusOf } = site;
  await setPolicies({ ctx: admin, input: { secretAge: { maxDays: 90, cut: false } } });
  const id = await add("old");
  await passTo(75);
  // Once each at 14, 7, 1 and 0 days before, however often the jobs run.
  await pass(3);
  for (const days of [5, 6, 1, 30]) await passTo(days);
  expect(await kinds()).toEqual(Array(4).fill("key.secret-old"));
  expect(await statusOf(id)).toBe("active");
  await setOwn(140);
  await passTo(7);
  await passTo(12);
  expect(await statusOf(id)).toBe("active");
  await pass(1);
  expect(await statusOf(id)).toBe("disabled");
});

test("if people were reminded in time, the key is disabled on the exact day", async () => {
  const { add, pass, passTo, statusOf } = site;
  await setOwn(30);
  const id = await add("old");
  for (const days of [16, 7, 6]) await passTo(days);
  expect(await statusOf(id)).toBe("active");
  await pass(1);
  expect(await statusOf(id)).toBe("disabled");
});

test("a new rule disables no older key until its owners had a week's notice", async () => {
  const { clock, add, pass, statusOf, kinds } = site;
  const id = await add("old");
  clock.advance(200 * DAY_MS);
  await setOwn(30);
  await pass(1);
  expect(await kinds()).toEqual(["key.secret-old"]);
  expect(await lastAnnouncedCut()).toBe(new Date(clock.now() + 7 * DAY_MS).toISOString());
  await pass(6);
  expect(await statusOf(id)).toBe("active");
  await pass(1);
  expect(await statusOf(id)).toBe("disabled");
  expect(await kinds()).toEqual(["key.secret-old", "key.disabled"]);
});

test("a reminder without an announced end does not count as an announcement", async () => {
  const { clock, add, pass, passTo, statusOf } = site;
  const id = await add("old");
  await setOwn(30, false);
  await passTo(20);
  await passTo(20);
  await setOwn(30);
  await pass(1);
  expect(await statusOf(id)).toBe("active");
  expect(await lastAnnouncedCut()).toBe(new Date(clock.now() + 7 * DAY_MS).toISOString());
});

test("a key that an administrator enabled again stays enabled for another week, with a new announcement", async () => {
  const { admin, add, pass, passTo, statusOf, kinds } = site;
  await setOwn(30);
  const keyId = await add("old");
  await passTo(16);
  await passTo(14);
  expect(await statusOf(keyId)).toBe("disabled");
  await updateKey({ ctx: admin, input: { projectId, keyId, enabled: true } });
  const before = (await kinds()).length;
  await pass(7);
  expect(await statusOf(keyId)).toBe("active");
  expect((await kinds()).slice(before)).toEqual(["key.secret-old"]);
  await pass(1);
  expect(await statusOf(keyId)).toBe("disabled");
});

test("an announcement under a policy that was no longer in effect is repeated", async () => {
  const { add, clock, pass, passTo, statusOf, asOwner } = site;
  const id = await add("old");
  clock.advance(200 * DAY_MS);
  await setOwn(30);
  await pass(1);
  await setSecretAge({ ctx: asOwner, input: { projectId, rule: null } });
  await passTo(30);
  await setOwn(30);
  await pass(7);
  expect(await statusOf(id)).toBe("active");
  await pass(1);
  expect(await statusOf(id)).toBe("disabled");
});

test("a rotation resets the age", async () => {
  const { admin, add, passTo, statusOf } = site;
  await setOwn(30);
  const keyId = await add("rotated");
  await passTo(16);
  await passTo(13);
  await rotateKey({ ctx: admin, input: { projectId, keyId, overlapSeconds: 3_600 } });
  await passTo(14);
  expect(await statusOf(keyId)).toBe("active");
  await passTo(2);
  await passTo(15);
  expect(await statusOf(keyId)).toBe("disabled");
});

test("the dry run counts the enabled keys with an older secret, of the project and of the site", async () => {
  const { admin, asOwner, clock, add, system } = site;
  const off = await add("off");
  await add("old");
  await updateKey({ ctx: asOwner, input: { projectId, keyId: off, enabled: false } });
  clock.advance(40 * DAY_MS);
  await add("young");
  const rule = { maxDays: 30, cut: true };
  expect(await dryRunSecretAge({ ctx: asOwner, input: { projectId, rule } })).toEqual({ tooOld: 1 });
  expect(await dryRunSiteSecretAge({ ctx: admin, input: { rule } })).toEqual({ tooOld: 1 });
  await runDailyJobs(system);
  expect(await site.notifications()).toEqual([]);
});
