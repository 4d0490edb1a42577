import { z } from "zod";
import { formatNumber } from "#core/format.ts";
import { idSchema, timestampSchema } from "../../fields.ts";

const whole = (unit: string, min: number, max: number) =>
  z
    .int(`Give a whole number of ${unit}.`)
    .min(min, `At least ${min}.`)
    .max(max, `At most ${formatNumber(max)}.`);

const percent = whole("percent", 1, 100);

/** What an alert watches, and its threshold. */
export const alertRuleSchema = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("quota"),
      percent: percent.describe("Of any quota of the project, of one of its keys or of its plans."),
    }),
    z.strictObject({
      kind: z.literal("denials"),
      percent: percent.describe("Denied requests, in percent of all requests of the project in the window."),
      minRequests: whole("requests", 1, 1_000_000).describe("Fewer requests in the window never fire."),
      windowMinutes: whole("minutes", 5, 1_440),
    }),
    z.strictObject({
      kind: z
        .literal("new-network")
        .describe("A key is used from a network (IPv4 /24, IPv6 /48) that it was not used from in 30 days."),
    }),
    z.strictObject({
      kind: z.literal("dormant-key"),
      days: whole("days", 1, 365).describe("A key is used that was not used for so many days."),
    }),
  ],
  "Choose quota, denials, new-network or dormant-key.",
);

const destinationFields = {
  /** Notifications in the portal. */
  bell: z.boolean("Say true or false."),
  /** To people who have emails enabled. */
  mail: z.boolean("Say true or false."),
  /** To the project's webhooks that receive this event. */
  webhooks: z.boolean("Say true or false."),
};

export const alertSchema = z
  .strictObject({
    id: z.string(),
    projectId: z.string(),
    rule: alertRuleSchema,
    ...destinationFields,
    enabled: z.boolean(),
    createdAt: timestampSchema,
    /** Null if it never did. */
    lastFiredAt: timestampSchema.nullable(),
  })
  .meta({ id: "Alert" });
export type Alert = z.output<typeof alertSchema>;

export const alertListSchema = z.strictObject({
  items: z.array(alertSchema),
  nextCursor: z.string().nullable(),
});

export const listAlertsSchema = z.strictObject({ projectId: idSchema });
export type ListAlertsInput = z.output<typeof listAlertsSchema>;

export const createAlertSchema = z.strictObject({
  projectId: idSchema,
  rule: alertRuleSchema,
  bell: destinationFields.bell.default(true),
  mail: destinationFields.mail.default(true),
  webhooks: destinationFields.webhooks.default(true),
});
export type CreateAlertInput = z.output<typeof createAlertSchema>;

export const alertRefSchema = z.strictObject({ projectId: idSchema, alertId: idSchema });
export type AlertRef = z.output<typeof alertRefSchema>;

export const updateAlertSchema = z.strictObject({
  ...alertRefSchema.shape,
  rule: alertRuleSchema.optional(),
  bell: destinationFields.bell.optional(),
  mail: destinationFields.mail.optional(),
  webhooks: destinationFields.webhooks.optional(),
  enabled: z.boolean("Say true or false.").optional(),
});
export type UpdateAlertInput = z.output<typeof updateAlertSchema>;
