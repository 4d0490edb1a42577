import fc from "fast-check";
import { expect, test } from "vitest";
import { HOUR_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import {
  billingSite,
  type CountedUsage,
  countUsage,
  currentHour,
  dedupingReceiver,
  exportUsage,
  newExport,
  type Send,
  usageByKey,
} from "#test/billing-fixture.ts";
import { testDialect } from "#test/db.ts";
import { closedUntil } from "./exportable-hours.ts";
import { reconcileBillingExport } from "./reconcile.ts";
import { reconcileBillingExportSchema } from "./schema.ts";

/** What happens to one request at the receiver. */
type Fate =
  | "taken"
  | "unavailable"
  | "lost"
  | "taken-unanswered"
  | "rejected"
  | "killed-before"
  | "killed-after";

type Step =
  | {
      kind: "count";
      usage: { hoursAgo: number; key: number; operation: number; requests: number; cost: number }[];
    }
  | { kind: "wait"; minutes: number }
  | { kind: "export"; fates: Fate[] };

const fate = fc.constantFrom<Fate>(
  "taken",
  "taken",
  "unavailable",
  "lost",
  "taken-unanswered",
  "rejected",
  "killed-before",
  "killed-after",
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant("count" as const),
    usage: fc.array(
      fc.record({
        hoursAgo: fc.integer({ min: 0, max: 12 }),
        key: fc.integer({ min: 1, max: 3 }),
        operation: fc.integer({ min: 1, max: 2 }),
        requests: fc.integer({ min: 1, max: 50 }),
        cost: fc.integer({ min: 0, max: 7 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  }),
  fc.record({ kind: fc.constant("wait" as const), minutes: fc.integer({ min: 1, max: 300 }) }),
  fc.record({ kind: fc.constant("export" as const), fates: fc.array(fate, { maxLength: 4 }) }),
);

/** The database as a process sees it that can be killed: afterwards, nothing that it does has an effect. */
function mortal(db: Db): { db: Db; kill: () => void } {
  let dead = false;
  const write: Db["write"] = (work) =>
    dead ? Promise.reject(new Error("the process is dead")) : db.write(work);
  return {
    db: { ...db, write },
    kill: () => {
      dead = true;
    },
  };
}

const never = (): Promise<never> => Promise.reject(new Error("the process is dead"));

test("at a receiver that drops repeated ids, the sum equals the usage to the unit, whatever fails", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const site = await billingSite();
      const { clock, ctx, db } = site;
      const first = currentHour(site) - 12 * HOUR_MS;
      const { id } = await newExport(ctx, { from: new Date(first).toISOString() });
      const receiver = dedupingReceiver();
      for (const each of steps) {
        if (each.kind === "wait") clock.advance(each.minutes * 60_000);
        else if (each.kind === "count")
          await countUsage(
            site,
            each.usage.map(
              ({ hoursAgo, key, operation, requests, cost }): CountedUsage => ({
                hour: Math.max(first, currentHour(site) - hoursAgo * HOUR_MS),
                keyId: `key_${key}`,
                operation: `op${operation}`,
                requests,
                units: requests * cost,
              }),
            ),
          );
        else {
          const fates = [...each.fates];
          const process = mortal(db);
          const send: Send = async (_, request) => {
            const next = fates.shift() ?? "taken";
            if (next === "killed-before") {
              process.kill();
              return never();
            }
            if (next.startsWith("taken") || next === "killed-after") receiver.take(request);
            if (next === "killed-after") {
              process.kill();
              return never();
            }
            if (next === "taken") return { status: 204, body: "", retryAfterMs: null };
            if (next === "rejected") return { status: 400, body: "no", retryAfterMs: null };
            if (next === "unavailable") return { status: 503, body: "", retryAfterMs: 30_000 };
            return { error: "It did not respond in time.", sent: true };
          };
          await exportUsage(site, send, process.db).catch((error: unknown) =>
            expect(String(error)).toContain("dead"),
          );
        }
      }
      // The receiver is back, and the leases and waits of killed processes end.
      for (let rounds = 0; rounds < 3; rounds++) {
        clock.advance(2 * HOUR_MS);
        await exportUsage(site, async (_, request) => {
          receiver.take(request);
          return { status: 204, body: "", retryAfterMs: null };
        });
      }
      const sums = new Map<string, [number, number]>();
      for (const { hour, keyId, operation, requests, units } of receiver.seen.values()) {
        const name = `${hour} ${keyId} ${operation}`;
        const [r, u] = sums.get(name) ?? [0, 0];
        sums.set(name, [r + requests, u + units]);
      }
      const usage = await usageByKey(site, closedUntil(clock.now()));
      expect(new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1)))).toEqual(usage);
      const report = await reconcileBillingExport({
        ctx,
        input: reconcileBillingExportSchema.parse({ exportId: id }),
      });
      expect(report.total.balanced).toBe(true);
      expect(report.total.acknowledged).toEqual(receiver.total());
    }),
    { numRuns: testDialect() === "sqlite" ? 12 : 6 },
  );
});

test("two portals that collect and send at once add no event twice", async () => {
  const site = await billingSite();
  const { clock, ctx } = site;
  await newExport(ctx);
  const hour = currentHour(site);
  const usage = Array.from({ length: 40 }, (_, n) => ({ hour, keyId: `key_${n}`, requests: n + 1 }));
  await countUsage(site, usage);
  clock.advance(2 * HOUR_MS);
  const receiver = dedupingReceiver();
  const send: Send = async (_, request) => {
    receiver.take(request);
    return { status: 204, body: "", retryAfterMs: null };
  };
  await Promise.all([exportUsage(site, send), exportUsage(site, send)]);
  await exportUsage(site, send);
  expect(receiver.total()).toEqual({ requests: 820, units: 820 });
  expect(receiver.seen.size).toBe(40);
  // One of them had the lease, so that nothing was sent twice.
  expect(receiver.requests.flat()).toHaveLength(40);
});
