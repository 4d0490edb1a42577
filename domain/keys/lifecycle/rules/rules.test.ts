import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { formatUtcDate } from "#core/format-utc.ts";
import { DAY_MS } from "#core/time.ts";
import { createLifecycleFixture, type Site } from "#test/lifecycle-fixture.ts";
import { setKeyRules } from "../../../access/policies/project-key-rules.ts";
import { policiesIn } from "../../../access/policies/read.ts";
import type { KeyRules } from "../../../access/policies/schema.ts";
import { setPolicies } from "../../../access/policies/set.ts";
import { getKey } from "../../list.ts";
import { updateKeySchema } from "../../schema.ts";
import { updateKey } from "../../update.ts";
import { applyKeyRules } from "./apply.ts";
import { dryRunKeyRules, dryRunSiteKeyRules } from "./dry-run.ts";
import { endRuleExemption, exemptFromRules } from "./exempt.ts";
import { listExemptions } from "./list-exemptions.ts";
import { listExemptionsSchema } from "./schema.ts";
import { getKeyRuleState } from "./state.ts";

const NONE = policiesIn(null).keyRules;
const DISABLE: Partial<KeyRules> = { existingKeys: "disable", noticeDays: 10 };

let site: Site;
let projectId: string;
beforeEach(async () => {
  site = await createLifecycleFixture();
  ({ projectId } = site);
});

const setSite = (rules: Partial<KeyRules>) =>
  setPolicies({ ctx: site.admin, input: { keyRules: { ...NONE, ...rules } } });
const change = (keyId: string, fields: object, ctx = site.asOwner) =>
  updateKey({ ctx, input: updateKeySchema.parse({ projectId, keyId, ...fields }) });
const keyOf = (keyId: string) => getKey({ ctx: site.asOwner, input: { projectId, keyId } });
const stateOf = (keyId: string) => getKeyRuleState({ ctx: site.asOwner, input: { projectId, keyId } });
const inDays = (days: number) => new Date(site.clock.now() + days * DAY_MS).toISOString();

describe("a key that is older than a rule", () => {
  test("stays as it is unless the rule is for existing keys", async () => {
    const id = await site.add("old");
    await setSite({ namePattern: "team-*", maxLifeDays: { live: 1, test: 1 } });
    await site.passTo(40);
    expect([await site.kinds(), await site.statusOf(id)]).toEqual([[], "active"]);
  });

  test("is disabled after its owners had notice, and only an administrator enables it", async () => {
    const id = await site.add("old");
    await setSite({ namePattern: "team-*", ...DISABLE });
    await site.pass(1);
    expect(await site.kinds()).toEqual(["key.rule-broken"]);
    const endsAt = inDays(10);
    expect(await stateOf(id)).toEqual({ broken: ["name"], endsAt, exemption: null });
    expect((await site.notifications())[0]?.text).toContain(formatUtcDate(endsAt));
    await site.passTo(9);
    expect([await site.kinds(), await site.statusOf(id)]).toEqual([["key.rule-broken"], "active"]);
    await site.pass(1);
    expect(await site.kinds()).toEqual(["key.rule-broken", "key.disabled"]);
    expect(await keyOf(id)).toMatchObject({ status: "disabled", endedBy: "policy" });
    await expect(change(id, { enabled: true })).rejects.toMatchObject({ code: "forbidden" });
    // The notice period starts again before it is disabled again.
    await change(id, { enabled: true }, site.admin);
    await site.pass(1);
    expect((await site.kinds()).at(-1)).toBe("key.rule-broken");
    await site.passTo(9);
    expect(await site.statusOf(id)).toBe("active");
  });

  test("is disabled on the announced date, however often it is disabled and enabled before", async () => {
    const id = await site.add("old");
    await setSite({ namePattern: "team-*", ...DISABLE });
    await site.pass(1);
    await site.passTo(9);
    await change(id, { enabled: false });
    await change(id, { enabled: true });
    await site.pass(1);
    expect(await site.statusOf(id)).toBe("disabled");
  });

  test("is disabled soon after it is enabled, if that is after the announced date, with no second notice", async () => {
    const id = await site.add("old");
    await setSite({ namePattern: "team-*", ...DISABLE });
    await site.pass(1);
    await change(id, { enabled: false });
    await site.passTo(60);
    await change(id, { enabled: true });
    await site.pass(1);
    expect([await site.kinds(), await site.statusOf(id)]).toEqual([
      ["key.rule-broken", "key.disabled"],
      "disabled",
    ]);
    await expect(change(id, { enabled: true })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("loses its announced date while it is disabled, if no rule is broken anymore", async () => {
    const id = await site.add("old");
    await setSite({ namePattern: "team-*", ...DISABLE });
    await site.pass(1);
    await change(id, { enabled: false });
    await setSite({});
    await site.pass(1);
    // Another rule has its own notice.
    await setSite({ descriptionRequired: true, ...DISABLE });
    await site.passTo(60);
    await change(id, { enabled: true });
    await site.pass(1);
    expect([await site.kinds(), await site.statusOf(id)]).toEqual([
      ["key.rule-broken", "key.rule-broken"],
      "active",
    ]);
  });

  test("has notice of a rule that replaces the announced one, disabled or not", async () => {
    const [used, idle] = [await site.add("used"), await site.add("idle")];
    await setSite({ namePattern: "team-*", ...DISABLE });
    await site.pass(1);
    await change(idle, { enabled: false });
    await site.passTo(9);
    await setSite({ descriptionRequired: true, ...DISABLE });
    const { end } = await dryRunSiteKeyRules({ ctx: site.admin, input: {} });
    expect(end.first).toMatchObject([{ name: "used", rules: ["description"], endsAt: inDays(10) }]);
    await site.pass(1);
    expect((await stateOf(used)).endsAt).toBe(inDays(10));
    await site.passTo(60);
    expect(await site.statusOf(used)).toBe("disabled");
    await change(idle, { enabled: true });
    await site.pass(1);
    expect([await site.statusOf(idle), (await stateOf(idle)).endsAt]).toEqual(["active", inDays(10)]);
    expect(await site.kinds()).toEqual([
      "keys.rule-broken",
      "key.rule-broken",
      "key.disabled",
      "key.rule-broken",
    ]);
  });

  test("is disabled on the announced date if it still breaks one of the announced rules", async () => {
    const id = await site.add("old");
    await setSite({ namePattern: "team-*", descriptionRequired: true, ...DISABLE });
    await site.pass(1);
    await change(id, { description: "Charges cards" });
    await site.passTo(10);
    expect(await site.statusOf(id)).toBe("disabled");
  });

  test("is left alone once it follows the rule", async () => {
    const id = await site.add("old");
    await setSite({ descriptionRequired: true, ...DISABLE });
    await site.pass(1);
    await change(id, { description: "Charges cards" });
    await site.passTo(30);
    expect([await site.kinds(), await site.statusOf(id)]).toEqual([["key.rule-broken"], "active"]);
    expect(await stateOf(id)).toEqual({ broken: [], endsAt: null, exemption: null });
  });

  test("gets a date from the maximum lifetime, at least the notice away, which is announced", async () => {
    const old = await site.add("old");
    await site.passTo(100);
    const { clock } = site;
    const later = await site.add("young", { expiresAt: inDays(300) });
    await setSite({ maxLifeDays: { live: 90, test: null }, ...DISABLE });
    await site.pass(1);
    expect(await site.kinds()).toEqual(["keys.rule-broken"]);
    expect((await keyOf(old)).expiresAt).toBe(inDays(10));
    expect((await keyOf(later)).expiresAt).toBe(new Date(clock.now() + 89 * DAY_MS).toISOString());
    await site.passTo(9);
    expect(await site.statusOf(old)).toBe("active");
    clock.advance(DAY_MS + 1);
    expect(await site.statusOf(old)).toBe("expired");
    // A stricter rule later shortens it again, with notice.
    await setSite({ maxLifeDays: { live: 30, test: null }, ...DISABLE });
    await site.pass(1);
    expect((await keyOf(later)).expiresAt).toBe(
      new Date(Date.parse((await keyOf(later)).createdAt) + 30 * DAY_MS).toISOString(),
    );
  });

  test("is only announced, once, if the rule says notify; and one notification is sent to a project", async () => {
    for (const name of ["a", "b", "c"]) await site.add(name);
    await setSite({ namePattern: "team-*", maxLifeDays: { live: 1, test: 1 }, existingKeys: "notify" });
    for (const days of [1, 19]) await site.passTo(days);
    const [only, ...others] = await site.notifications();
    expect([only?.kind, others]).toEqual(["keys.rule-broken", []]);
    // A date needs another notification.
    await setSite({ namePattern: "team-*", ...DISABLE });
    await site.pass(1);
    expect(await site.kinds()).toEqual(["keys.rule-broken", "keys.rule-broken"]);
  });

  test("follows the project's own rules as well, and a run that died is repeated without a second notice", async () => {
    await site.addMany(3, { name: "old" });
    const rules = { ...NONE, externalIdRequired: true, ...DISABLE };
    await setKeyRules({ ctx: site.asOwner, input: { projectId, rules } });
    const dies = async () => {
      throw new Error("died");
    };
    await expect(applyKeyRules(site.system, NONE, dies)).rejects.toThrow("died");
    await site.pass(1);
    expect(await site.kinds()).toEqual(["keys.rule-broken"]);
    expect((await site.notifications())[0]?.title).toContain("3 keys");
  });
});

describe("a dry run", () => {
  test("shows the effect of a draft and changes nothing", async () => {
    await site.add("old");
    await site.add("team-a", { description: "For a" });
    const rules = { ...NONE, namePattern: "team-*", descriptionRequired: true };
    const draft = (more: Partial<KeyRules>) =>
      dryRunKeyRules({ ctx: site.asOwner, input: { projectId, rules: { ...rules, ...more } } });
    expect(await draft({})).toMatchObject({
      keep: { count: 1 },
      notify: { count: 0 },
      end: { count: 0 },
      complete: true,
    });
    expect(await draft({ existingKeys: "notify" })).toMatchObject({ notify: { count: 1 } });
    const { end } = await draft(DISABLE);
    expect(end.first).toMatchObject([
      { name: "old", rules: ["name", "description"], endsAt: inDays(10), project: { name: "Chat" } },
    ]);
    const siteWide = await dryRunSiteKeyRules({
      ctx: site.admin,
      input: { rules: { ...NONE, maxLifeDays: { live: 1, test: 1 }, ...DISABLE } },
    });
    expect(siteWide.end.count).toBe(2);
    await site.pass(1);
    expect(await site.kinds()).toEqual([]);
  });
});

describe("an exemption from the rules", () => {
  const exempt = (keyId: string, days: number) =>
    exemptFromRules({
      ctx: site.admin,
      input: { keyId, reason: "Old device", until: site.clock.now() + days * DAY_MS },
    });

  test("keeps a key until its end, of which members are reminded", async () => {
    const id = await site.add("old");
    await setSite({ namePattern: "team-*", maxLifeDays: { live: 5, test: null }, ...DISABLE });
    await exempt(id, 60);
    expect((await change(id, { name: "older" })).name).toBe("older");
    for (const days of [46, 7, 6]) await site.passTo(days);
    expect(await site.kinds()).toEqual(Array(3).fill("key.exemption-ending"));
    expect(await site.statusOf(id)).toBe("active");
    const { items } = await listExemptions({ ctx: site.admin, input: listExemptionsSchema.parse({}) });
    expect(items).toMatchObject([
      { key: { name: "older" }, reason: "Old device", project: { name: "Chat" } },
    ]);
    await site.pass(2);
    expect((await site.kinds()).slice(3)).toEqual(["keys.rule-broken"]);
    await site.pass(10);
    expect(await site.statusOf(id)).not.toBe("active");
  });

  test("extends the maximum lifetime at the check, and leaves a week if it ends early", async () => {
    await setSite({ maxLifeDays: { live: 5, test: null } });
    const id = await site.add("short", { expiresAt: inDays(5) });
    await exempt(id, 200);
    expect((await change(id, { expiresAt: inDays(150) })).expiresAt).toBe(inDays(150));
    await site.passTo(20);
    expect(await site.statusOf(id)).toBe("active");
    await endRuleExemption({ ctx: site.admin, input: { keyId: id } });
    expect((await keyOf(id)).expiresAt).toBe(inDays(7));
    expect(await site.kinds()).toEqual(["key.rule-broken"]);
    site.clock.advance(8 * DAY_MS);
    expect(await site.statusOf(id)).toBe("expired");
  });

  test("is at most a year long and audited with its reason", async () => {
    const id = await site.add("old");
    await expect(exempt(id, 400)).rejects.toMatchObject({ code: "invalid" });
    await expect(exempt(id, -1)).rejects.toMatchObject({ code: "invalid" });
    await exempt(id, 10);
    const { q, t } = site.db.read;
    const rows = await q.select().from(t.audit).where(eq(t.audit.action, "key.rules-exempted"));
    expect(rows).toMatchObject([{ subjectId: id, after: { reason: "Old device" } }]);
  });
});
