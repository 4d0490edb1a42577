import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#core/time.ts";
import { createLifecycleFixture, type Site } from "#test/lifecycle-fixture.ts";
import { START } from "#test/people.ts";
import { sendExpiryReminders } from "./expiry-reminders.ts";

let site: Site;
beforeEach(async () => {
  site = await createLifecycleFixture();
});

const titles = async () => (await site.notifications()).reverse().map(({ title }) => title);
/** Every few minutes, as portals do. */
async function pass(ms: number, every = 10 * MINUTE_MS): Promise<void> {
  for (let passed = 0; passed < ms; passed += every) {
    site.clock.advance(every);
    await sendExpiryReminders(site.system);
  }
}

test("an expiry is announced 14, 7 and 1 days before, once each, and not for a key created for less", async () => {
  const { db, add } = site;
  const at = (days: number) => new Date(START + days * DAY_MS + HOUR_MS).toISOString();
  await add("twenty", { expiresAt: at(20) });
  await add("three", { expiresAt: at(3) });
  await add("other", { expiresAt: at(20) });
  await db.write((tx) => tx.q.update(tx.t.keys).set({ revokedAt: START }).where(eq(tx.t.keys.name, "other")));
  await pass(25 * DAY_MS, 12 * HOUR_MS);
  expect(await titles()).toEqual([
    "three expires in 13 hours",
    "twenty expires in 14 days",
    "twenty expires in 7 days",
    "twenty expires in 13 hours",
  ]);
});

test("an expiry at any time of the day is announced a day before it, not only at midnight", async () => {
  const { add } = site;
  await add("soon after midnight", { expiresAt: "2026-11-26T00:30:00.000Z" });
  await pass(40 * HOUR_MS);
  expect(await titles()).toEqual(["soon after midnight expires in 1 day"]);
  expect((await site.notifications())[0]?.time).toBe("2026-11-25T00:30:00.000Z");
});

test("the end of a key's maximum lifetime is announced if it is earlier than its expiry, or its only end", async () => {
  const { db, add } = site;
  const at = (days: number) => START + days * DAY_MS + HOUR_MS;
  await add("earlier", { expiresAt: new Date(at(40)).toISOString() });
  await add("only");
  await db.write((tx) => tx.q.update(tx.t.keys).set({ lifeEndsAt: at(20) }));
  await pass(45 * DAY_MS, 12 * HOUR_MS);
  const announced = await titles();
  for (const name of ["earlier", "only"]) {
    expect(announced.filter((title) => title.startsWith(name))).toEqual([
      `${name} expires in 14 days`,
      `${name} expires in 7 days`,
      `${name} expires in 13 hours`,
    ]);
  }
});

test("if the portal was down a day before, the remaining hours are given", async () => {
  const { add, clock } = site;
  await add("nightly", { expiresAt: new Date(START + 5 * DAY_MS).toISOString() });
  clock.set(START + 5 * DAY_MS - 90 * MINUTE_MS);
  await sendExpiryReminders(site.system);
  expect(await titles()).toEqual(["nightly expires in 2 hours"]);
});

test("more keys than one batch are each announced once, however often the job runs", async () => {
  const { addMany, clock, system } = site;
  const expiresAt = new Date(START + 15 * DAY_MS).toISOString();
  await addMany(210, { expiresAt });
  clock.advance(2 * DAY_MS);
  expect(await sendExpiryReminders(system)).toBe(210);
  expect(await sendExpiryReminders(system)).toBe(0);
});
