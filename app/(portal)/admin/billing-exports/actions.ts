"use server";

import {
  removeBillingCustomer as removeCustomerVerb,
  setBillingCustomer as setCustomerVerb,
} from "#domain/billing/export/customers.ts";
import {
  createBillingExport as createVerb,
  deleteBillingExport as deleteVerb,
  testBillingExport as testVerb,
  updateBillingExport as updateVerb,
} from "#domain/billing/export/manage.ts";
import {
  replayBillingExport as replayVerb,
  resendHeldEvents as resendVerb,
} from "#domain/billing/export/resend.ts";
import {
  billingCustomerRefSchema,
  billingExportRefSchema,
  createBillingExportSchema,
  replayBillingExportSchema,
  setBillingCustomerSchema,
  updateBillingExportSchema,
} from "#domain/billing/export/schema.ts";
import { action, formText } from "#server/action.ts";

export const createBillingExport = action(createBillingExportSchema, createVerb, {
  revalidate: false,
  stepUp: true,
});
export const updateBillingExport = action(updateBillingExportSchema, updateVerb, { stepUp: true });
export const testBillingExport = action(billingExportRefSchema, testVerb);
export const replayBillingExport = action(replayBillingExportSchema, replayVerb);
export const resendHeldEvents = action(billingExportRefSchema, resendVerb);
/** The page is not rendered again: its export is gone. */
export const deleteBillingExport = action(billingExportRefSchema, deleteVerb, { revalidate: false });
export const removeBillingCustomer = action(billingCustomerRefSchema, removeCustomerVerb);

const setCustomerAction = action(setBillingCustomerSchema, setCustomerVerb);

/** An empty field means that nobody is billed. */
export async function setBillingCustomer(ref: { exportId: string; projectId: string }, data: FormData) {
  return setCustomerAction({ ...ref, customer: formText(data, "customer") ?? null });
}
