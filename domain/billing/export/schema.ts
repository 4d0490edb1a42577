import { z } from "zod";
import { cleanLine } from "#core/text.ts";
import { HOUR_MS, startOf } from "#core/time.ts";
import {
  idSchema,
  instantSchema,
  lineSchema,
  nameSchema,
  pageFields,
  pageSchema,
  personSchema,
  timestampSchema,
} from "../../fields.ts";

export const EXPORT_ADAPTERS = ["cloudevents", "stripe", "lago"] as const;
export const HELD_REASONS = ["no-customer", "not-billed", "rejected", "too-old", "uncertain", "due"] as const;

export const billingExportSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    adapter: z.enum(EXPORT_ADAPTERS),
    url: z.string(),
    eventName: z.string(),
    /** The `source` of its CloudEvents. Never changes. */
    source: z.string(),
    hasSecret: z.boolean(),
    /** Start of the first exported hour. */
    startsAt: timestampSchema,
    createdAt: timestampSchema,
    createdBy: personSchema,
    enabled: z.boolean(),
    /** All usage before this hour is acknowledged or held. */
    exportedUntil: timestampSchema,
    lagSeconds: z
      .int()
      .describe(
        "How long usage of closed hours has waited to be sent, including usage before the export's former first hour and held usage that is sent again; 0 if nothing waits. Repeating acknowledged usage does not count.",
      ),
    pendingEvents: z.int(),
    heldEvents: z.int().describe("Events that are not sent until someone acts."),
    /** Whether a replay runs. */
    replaying: z.boolean(),
    /** Null after a success. */
    lastError: z.strictObject({ time: timestampSchema, message: z.string(), failures: z.int() }).nullable(),
    nextAttemptAt: timestampSchema.nullable(),
    lastSuccessAt: timestampSchema.nullable(),
    /** Null before the first test. `pending`: not sent yet. */
    lastTest: z
      .discriminatedUnion("state", [
        z.strictObject({ state: z.literal("pending"), time: timestampSchema }),
        z.strictObject({ state: z.literal("accepted"), time: timestampSchema }),
        z.strictObject({ state: z.literal("failed"), time: timestampSchema, message: z.string() }),
      ])
      .nullable(),
  })
  .meta({ id: "BillingExport" });
export type BillingExport = z.output<typeof billingExportSchema>;

export const billingExportListSchema = pageSchema(billingExportSchema);

const URL_RULE = "Write a URL such as https://openmeter.cloud/api/v1/events.";
const urlSchema = z
  .string(URL_RULE)
  .overwrite(cleanLine)
  .max(2_000, "At most 2,000 characters.")
  .pipe(z.url({ protocol: /^https?$/, error: URL_RULE }));

const eventNameSchema = z
  .string("Write a name.")
  .trim()
  .min(1, "Write a name.")
  .max(100, "At most 100 characters.")
  .regex(/^[\w.:/-]+$/, "Use letters, digits and . _ - : / only.");

/** A receiver's API key. It is sent in a header, so it is one line of ASCII. */
const secretSchema = z
  .string("Enter the receiver's API key.")
  .trim()
  .min(1, "Enter the receiver's API key.")
  .max(1_000, "At most 1,000 characters.")
  .regex(/^[\x21-\x7e]+$/, "Use an API key without spaces, as the receiver shows it.");

/** The start of an hour; any instant in it is accepted. */
const hourSchema = instantSchema.transform((at) => startOf(HOUR_MS, at));

export const createBillingExportSchema = z.strictObject({
  name: nameSchema,
  adapter: z.enum(EXPORT_ADAPTERS),
  /** Undefined: the service's public address. Required for `cloudevents`. */
  url: urlSchema.optional(),
  eventName: eventNameSchema.default("latchkey.usage"),
  secret: secretSchema.optional(),
  from: hourSchema
    .optional()
    .describe("The first hour to export, at most 90 days ago; without it, the current one."),
});
export type CreateBillingExportInput = z.output<typeof createBillingExportSchema>;

export const billingExportRefSchema = z.strictObject({ exportId: idSchema });
export type BillingExportRef = z.output<typeof billingExportRefSchema>;

export const updateBillingExportSchema = z.strictObject({
  ...billingExportRefSchema.shape,
  name: nameSchema.optional(),
  url: urlSchema.optional(),
  eventName: eventNameSchema.optional(),
  secret: secretSchema.nullable().optional().describe("Null removes it."),
  enabled: z.boolean("Say true or false.").optional().describe("False pauses the export."),
});
export type UpdateBillingExportInput = z.output<typeof updateBillingExportSchema>;

export const replayBillingExportSchema = z.strictObject({
  ...billingExportRefSchema.shape,
  from: hourSchema.describe("Usage from this hour on is sent again, with the same ids."),
});
export type ReplayBillingExportInput = z.output<typeof replayBillingExportSchema>;

/** How many events something was done with. */
export const eventCountSchema = z.strictObject({ events: z.int() });

const heldEventSchema = z
  .strictObject({
    id: z.string().describe("The id that the receiver sees."),
    projectId: z.string(),
    projectName: z.string(),
    keyId: z.string(),
    api: z.string(),
    operation: z.string(),
    hour: timestampSchema,
    units: z.int(),
    reason: z.enum(HELD_REASONS),
    detail: z.string().nullable(),
    heldSince: timestampSchema,
  })
  .meta({ id: "HeldBillingEvent" });
export type HeldBillingEvent = z.output<typeof heldEventSchema>;
export const heldEventPageSchema = pageSchema(heldEventSchema);

export const listHeldEventsSchema = z.strictObject({ ...billingExportRefSchema.shape, ...pageFields });
export type ListHeldEventsInput = z.output<typeof listHeldEventsSchema>;

export const reconcileBillingExportSchema = z.strictObject({
  ...billingExportRefSchema.shape,
  from: instantSchema.optional().describe("Without it, 30 days or, by hour, 48 hours before `to`."),
  to: instantSchema.optional().describe("Exclusive. Without it, now."),
  interval: z.enum(["hour", "day"]).default("day"),
});
export type ReconcileBillingExportInput = z.output<typeof reconcileBillingExportSchema>;

const countsSchema = z.strictObject({ requests: z.int(), units: z.int() });
export type ExportCounts = z.output<typeof countsSchema>;

const reconciledSchema = z.strictObject({
  usage: countsSchema.describe("Allowed requests and their units, as the usage page counts them."),
  exported: countsSchema.describe("In events, sent or not."),
  acknowledged: countsSchema.describe(
    "In events that the receiver acknowledged, whatever became of a replay.",
  ),
  held: countsSchema.describe("In events that are held, including acknowledged ones that a replay repeats."),
  notBilled: countsSchema.describe("In events of projects for which nobody is billed."),
  balanced: z
    .boolean()
    .describe("Whether the units acknowledged and the units not billed add up to the usage exactly."),
});

/** What was exported and acknowledged, next to the usage. Hours that are not closed yet are left out. */
export const reconciliationSchema = z
  .strictObject({
    from: timestampSchema,
    to: timestampSchema,
    interval: z.enum(["hour", "day"]),
    rows: z.array(reconciledSchema.extend({ start: timestampSchema })),
    total: reconciledSchema,
  })
  .meta({ id: "BillingReconciliation" });
export type Reconciliation = z.output<typeof reconciliationSchema>;
export type ReconciledCounts = z.output<typeof reconciledSchema>;

const customerSchema = z
  .strictObject({
    projectId: z.string(),
    projectName: z.string(),
    customer: z
      .string()
      .nullable()
      .describe(
        "The customer's id at Stripe, the subscription's external id at Lago, or the CloudEvents subject; null if nobody is billed.",
      ),
    assigned: z.boolean(),
  })
  .meta({ id: "BillingCustomer" });
export type BillingCustomer = z.output<typeof customerSchema>;
export const billingCustomerPageSchema = pageSchema(customerSchema);

export const listBillingCustomersSchema = z.strictObject({ ...billingExportRefSchema.shape, ...pageFields });
export type ListBillingCustomersInput = z.output<typeof listBillingCustomersSchema>;

export const setBillingCustomerSchema = z.strictObject({
  ...billingExportRefSchema.shape,
  projectId: idSchema,
  customer: lineSchema(200)
    .nullable()
    .describe("Null: nobody is billed for this project. Its events are not sent."),
});
export type SetBillingCustomerInput = z.output<typeof setBillingCustomerSchema>;
export const billingCustomerSchema = customerSchema;

export const billingCustomerRefSchema = z.strictObject({
  ...billingExportRefSchema.shape,
  projectId: idSchema,
});
export type BillingCustomerRef = z.output<typeof billingCustomerRefSchema>;
