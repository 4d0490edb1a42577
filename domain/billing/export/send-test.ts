import { and, asc, eq, isNotNull } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import type { ExportTest } from "#db/tables/billing-export.ts";
import { type Adapter, type Destination, failedWith, isSuccess } from "./adapters/adapter.ts";
import type { ExportRow } from "./find.ts";
import { type ExportWork, failureText, UNREADABLE_SECRET } from "./run-exports.ts";

/** Sends one event that bills nothing. */
export async function sendTest(
  work: ExportWork,
  row: ExportRow,
  adapter: Adapter,
  destination: Destination | null,
): Promise<ExportTest> {
  const { db, now } = work;
  const at = now();
  if (destination === null) return { at, status: null, error: UNREADABLE_SECRET };
  const request = adapter.test(destination, at, await anyCustomer(db.read, row.id));
  if (request === null)
    return { at, status: null, error: "Assign a customer to a project first: the test event needs one." };
  const result = await work.send(destination.url, request);
  if ("error" in result) return { at, status: null, error: result.error };
  const { status, body } = result;
  if (isSuccess(status)) return { at, status, error: null };
  return { at, status, error: failureText(status, failedWith(status, body), destination) };
}

async function anyCustomer({ q, t: { billingCustomers } }: Scope, exportId: string): Promise<string | null> {
  const [row] = await q
    .select({ customer: billingCustomers.customer })
    .from(billingCustomers)
    .where(and(eq(billingCustomers.exportId, exportId), isNotNull(billingCustomers.customer)))
    .orderBy(asc(billingCustomers.projectId))
    .limit(1);
  return row?.customer ?? null;
}
