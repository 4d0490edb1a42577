import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { closedUntil, oldestHour } from "#domain/billing/export/exportable-hours.ts";
import { closeStatements } from "#domain/billing/statements/close.ts";
import { sumUsage } from "#engine/usage/store.ts";
import { dedupingReceiver, EXPORT_OK, exportUsage, newExport } from "../billing-fixture.ts";
import { type Clock, ctxOf, makeAdmin } from "../people.ts";

/** Longer than a month takes to close. */
const UNTIL_CLOSED_MS = 34 * DAY_MS;

interface Sums {
  requests: number;
  units: number;
}

/** The allowed requests and units of a run: counted, in the statements of its months, and exported since `from`. */
export async function billedSums(db: Db, clock: Clock) {
  clock.advance(UNTIL_CLOSED_MS);
  const now = clock.now();
  const ctx = ctxOf(db, await makeAdmin(db), { clock });
  const from = oldestHour(now);
  await newExport(ctx, { from: new Date(from).toISOString() });
  const receiver = dedupingReceiver();
  await exportUsage({ db, clock, ctx, projectId: "" }, async (_, request) => {
    receiver.take(request);
    return EXPORT_OK;
  });
  await closeStatements({ db, now: clock.now });
  const { statements } = db.read.t;
  const rows = await db.read.q.select({ lines: statements.lines }).from(statements);
  return {
    counted: await countedFrom(db, 0, now),
    stated: sumOf(rows.flatMap(({ lines }) => lines)),
    countedSince: await countedFrom(db, from, closedUntil(now)),
    exportedSince: receiver.total(),
  };
}

async function countedFrom(db: Db, from: number, to: number): Promise<Sums> {
  const rows = await sumUsage(db.read, {
    by: [],
    sums: ["checks", "units"],
    buckets: [{ interval: "hour", from, to }],
    where: { code: ["VALID"] },
    onlyKnown: true,
  });
  return sumOf(rows.map(({ checks, units }) => ({ requests: checks, units })));
}

function sumOf(parts: readonly Sums[]): Sums {
  const total = { requests: 0, units: 0 };
  for (const { requests, units } of parts) {
    total.requests += requests;
    total.units += units;
  }
  return total;
}
