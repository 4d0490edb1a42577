import { and, eq, notInArray } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, requireAdmin, type Verb } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { lockExport } from "./find.ts";
import { LEASE_ENDED } from "./manage.ts";
import type { BillingCustomer, BillingCustomerRef, SetBillingCustomerInput } from "./schema.ts";

/** Says who is billed for a project, or that nobody is. Its held events are sent. Administrators only. */
export async function setBillingCustomer({
  ctx,
  input,
}: Verb<SetBillingCustomerInput>): Promise<BillingCustomer> {
  const { exportId, projectId, customer } = input;
  const projectName = await assign(ctx, input, customer, async (tx) => {
    await tx.q
      .insert(tx.t.billingCustomers)
      .values({ exportId, projectId, customer })
      .onConflictDoUpdate({
        target: [tx.t.billingCustomers.exportId, tx.t.billingCustomers.projectId],
        set: { customer },
      });
  });
  return { projectId, projectName, customer, assigned: true };
}

/** Removes a project's customer. A receiver that needs one gets no more events of it. Administrators only. */
export async function removeBillingCustomer({ ctx, input }: Verb<BillingCustomerRef>): Promise<undefined> {
  const { exportId, projectId } = input;
  await assign(ctx, input, undefined, async (tx) => {
    const { billingCustomers } = tx.t;
    await tx.q
      .delete(billingCustomers)
      .where(and(eq(billingCustomers.exportId, exportId), eq(billingCustomers.projectId, projectId)));
  });
}

async function assign(
  ctx: Ctx,
  { exportId, projectId }: BillingCustomerRef,
  customer: string | null | undefined,
  write: (tx: Tx) => Promise<void>,
): Promise<string> {
  requireAdmin(ctx);
  return ctx.db.write(async (tx) => {
    const row = await lockExport(tx, exportId);
    const { projects, billingHeldEvents, billingCustomers, billingExports } = tx.t;
    const [project] = await tx.q
      .select({ name: projects.name })
      .from(projects)
      .where(eq(projects.id, projectId));
    if (!project) throw notFound("project");
    const [before] = await tx.q
      .select({ customer: billingCustomers.customer })
      .from(billingCustomers)
      .where(and(eq(billingCustomers.exportId, exportId), eq(billingCustomers.projectId, projectId)));
    await write(tx);
    await tx.q
      .update(billingHeldEvents)
      .set({ reason: "due", at: ctx.now() })
      .where(
        and(
          eq(billingHeldEvents.exportId, exportId),
          eq(billingHeldEvents.projectId, projectId),
          // Uncertain ones may be at the receiver, and that nobody was billed was a decision.
          notInArray(billingHeldEvents.reason, ["uncertain", "not-billed"]),
        ),
      );
    await tx.q
      .update(billingExports)
      .set({ nextAttemptAt: 0, ...LEASE_ENDED })
      .where(eq(billingExports.id, row.id));
    if (before?.customer === customer) return project.name;
    await recordAudit(tx, ctx, {
      action: "billingExport.customer-set",
      subject: row,
      before: { project: projectId, ...before },
      after: { project: projectId, ...(customer !== undefined && { customer }) },
    });
    return project.name;
  });
}
