import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import { createKeyWithTraffic, type KeyWithTraffic } from "#test/key-with-traffic.ts";
import { makeKey } from "#test/people.ts";
import { listDenials } from "./list.ts";
import { listDenialsSchema } from "./schema.ts";

let used: KeyWithTraffic;
beforeEach(async () => {
  used = await createKeyWithTraffic();
});
afterEach(() => used.checks.end());

const denials = (more: object = {}) =>
  listDenials({ ctx: used.ctx, input: listDenialsSchema.parse({ projectId: used.projectId, ...more }) });

describe("denied requests", () => {
  test("are listed with what was observed, the rule in words and the entry that would allow them", async () => {
    await used.change({ restrictions: { ips: ["198.51.100.7"] } });
    await used.call(1, { clientIp: "203.0.113.9" });
    await used.checks.count();
    const { items, total } = await denials();
    expect(total).toBe(1);
    expect(items).toMatchObject([
      {
        time: new Date(used.clock.now()).toISOString(),
        keyId: used.keyId,
        keyName: "checkout server",
        environment: "live",
        code: "IP_NOT_ALLOWED",
        api: "badges",
        operation: "badges.list",
        observed: { clientIp: "203.0.113.9" },
        words: expect.stringContaining("203.0.113.9"),
        remedy: { label: "Allow 203.0.113.9", query: "allow.ips=203.0.113.9" },
      },
    ]);
  });

  test("are counted exactly up to the limit of the list, and every page has each once", async () => {
    await used.change({ restrictions: { ips: ["198.51.100.7"] } });
    for (let n = 0; n < 1_300; n++) {
      used.clock.advance(1);
      await used.checks.send({ key: used.secret, api: "badges", clientIp: "203.0.113.9" });
    }
    await used.checks.count();
    const seen = new Set<string>();
    let total = 0;
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await denials({
        keyId: used.keyId,
        code: "IP_NOT_ALLOWED",
        limit: 200,
        ...(cursor && { cursor }),
      });
      for (const { id } of page.items) seen.add(id);
      total = page.total;
      cursor = page.nextCursor ?? undefined;
      more = cursor !== undefined;
    }
    expect(total).toBe(1_300);
    expect(seen.size).toBe(1_000);
    expect((await denials({ code: "KEY_REVOKED" })).total).toBe(0);
  });

  test("are found by key, code and time", async () => {
    const other = await makeKey(used.ctx, used.projectId, {
      name: "other",
      restrictions: { referrers: ["example.com"] },
    });
    await used.checks.send({ key: other.secret, api: "badges" });
    used.clock.advance(DAY_MS);
    await used.change({ enabled: false });
    await used.call(2);
    await used.checks.count();
    expect((await denials()).total).toBe(3);
    expect(await denials({ keyId: other.key.id })).toMatchObject({ total: 1, items: [{ keyName: "other" }] });
    expect(await denials({ code: "KEY_DISABLED" })).toMatchObject({ total: 2 });
    const lastHour = { from: new Date(used.clock.now() - HOUR_MS).toISOString() };
    expect(await denials(lastHour)).toMatchObject({
      total: 2,
      items: [{ code: "KEY_DISABLED" }, { code: "KEY_DISABLED" }],
    });
  });

  test("are counted by the minute within two days, and by the hour within a quarter", async () => {
    await used.change({ enabled: false });
    const start = used.clock.now();
    await used.call(3);
    used.clock.advance(2 * 60_000);
    await used.call(1);
    used.clock.advance(3 * HOUR_MS);
    await used.call(1);
    await used.checks.count();
    const since = (ms: number) => denials({ from: new Date(start + ms).toISOString() });
    expect(await since(0)).toMatchObject({ total: 5 });
    const later = await since(60_000);
    expect([later.total, later.items.length]).toEqual([2, 2]);
    used.clock.advance(80 * DAY_MS);
    for (const days of [81, 83, 84, 85, 90, 99, 100, 101, 400, 4_000]) {
      used.clock.advance(start + days * DAY_MS - used.clock.now());
      expect((await since(-DAY_MS)).total, `after ${days} days`).toBe(5);
    }
    await expect(since(5_000 * DAY_MS)).rejects.toMatchObject({ errors: [{ path: "from" }] });
  });
});
