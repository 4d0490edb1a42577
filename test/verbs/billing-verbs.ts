import { removeBillingCustomer, setBillingCustomer } from "#domain/billing/export/customers.ts";
import {
  createBillingExport,
  deleteBillingExport,
  testBillingExport,
  updateBillingExport,
} from "#domain/billing/export/manage.ts";
import {
  getBillingExport,
  listBillingCustomers,
  listBillingExports,
  listHeldEvents,
} from "#domain/billing/export/read.ts";
import { reconcileBillingExport } from "#domain/billing/export/reconcile.ts";
import { replayBillingExport, resendHeldEvents } from "#domain/billing/export/resend.ts";
import { createBillingExportSchema, reconcileBillingExportSchema } from "#domain/billing/export/schema.ts";
import { START } from "../people.ts";
import { forAdmins, type VerbRow } from "./verb-row.ts";

const limit = 50;
const writes = (audit: string) => ({ audit, changes: [], projectId: null });

const NEW = createBillingExportSchema.parse({
  name: "OpenMeter",
  adapter: "cloudevents",
  url: "https://openmeter.cloud/api/v1/events",
  secret: "om_secret",
});

/** The verbs of billing exports. */
export const BILLING_VERBS: VerbRow[] = [
  forAdmins("listBillingExports", (ctx) => listBillingExports({ ctx })),
  forAdmins("getBillingExport", (ctx, { exportId }) => getBillingExport({ ctx, input: { exportId } })),
  forAdmins("listHeldEvents", (ctx, { exportId }) => listHeldEvents({ ctx, input: { exportId, limit } })),
  forAdmins("listBillingCustomers", (ctx, { exportId }) =>
    listBillingCustomers({ ctx, input: { exportId, limit } }),
  ),
  forAdmins("reconcileBillingExport", (ctx, { exportId }) =>
    reconcileBillingExport({ ctx, input: reconcileBillingExportSchema.parse({ exportId }) }),
  ),
  forAdmins(
    "createBillingExport",
    (ctx) => createBillingExport({ ctx, input: NEW }),
    writes("billingExport.created"),
  ),
  forAdmins(
    "updateBillingExport",
    (ctx, { exportId }) => updateBillingExport({ ctx, input: { exportId, enabled: false } }),
    writes("billingExport.updated"),
  ),
  forAdmins(
    "testBillingExport",
    (ctx, { exportId }) => testBillingExport({ ctx, input: { exportId } }),
    writes("billingExport.tested"),
  ),
  forAdmins(
    "replayBillingExport",
    (ctx, { exportId }) => replayBillingExport({ ctx, input: { exportId, from: START } }),
    writes("billingExport.replayed"),
  ),
  forAdmins(
    "resendHeldEvents",
    (ctx, { exportId }) => resendHeldEvents({ ctx, input: { exportId } }),
    writes("billingExport.held-resent"),
  ),
  forAdmins(
    "setBillingCustomer",
    (ctx, { exportId, projectId }) =>
      setBillingCustomer({ ctx, input: { exportId, projectId, customer: "acme" } }),
    writes("billingExport.customer-set"),
  ),
  {
    ...forAdmins(
      "removeBillingCustomer",
      (ctx, { exportId, projectId }) => removeBillingCustomer({ ctx, input: { exportId, projectId } }),
      writes("billingExport.customer-set"),
    ),
    prepare: (ctx, { exportId, projectId }) =>
      setBillingCustomer({ ctx, input: { exportId, projectId, customer: "acme" } }),
  },
  forAdmins(
    "deleteBillingExport",
    (ctx, { exportId }) => deleteBillingExport({ ctx, input: { exportId } }),
    writes("billingExport.deleted"),
  ),
];
