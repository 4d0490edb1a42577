import { like } from "drizzle-orm";
import { expect, test } from "vitest";
import { planHelpers, planSite } from "#test/plan-site.ts";
import { approveAccess } from "../catalog/enablement/decide.ts";
import { cancelPlanChange } from "./change.ts";

test("a scheduled plan is named in the audit log when it is replaced or canceled", async () => {
  const site = await planSite();
  const { db, owner, admin } = site;
  const { ref, create, enable, change } = planHelpers(() => site);
  for (const slug of ["free", "pro", "third"]) await create(slug);
  await create("max", { approval: true });
  await enable("free");
  site.clock.advance(1_000);
  await change("pro", "period-end");
  await change("third", "period-end");
  await cancelPlanChange({ ctx: owner, input: ref() });
  await change("pro", "period-end");
  await change("free");
  await change("pro", "period-end");
  await change("max", "period-end");
  await approveAccess({ ctx: admin, input: ref() });
  const { q, t } = db.read;
  const rows = await q
    .select()
    .from(t.audit)
    .where(like(t.audit.action, "subscription.%"))
    .orderBy(t.audit.seq);
  expect(rows.slice(-8).map(({ action, before, after }) => [action, before?.scheduled, after?.plan])).toEqual(
    [
      ["subscription.changed", undefined, "pro"],
      ["subscription.changed", "pro", "third"],
      ["subscription.change-canceled", "third", "free"],
      ["subscription.changed", undefined, "pro"],
      ["subscription.change-canceled", "pro", "free"],
      ["subscription.changed", undefined, "pro"],
      ["subscription.requested", undefined, "max"],
      ["subscription.approved", "pro", "max"],
    ],
  );
});
