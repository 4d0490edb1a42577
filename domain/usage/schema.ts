import { z } from "zod";
import { VERDICT_CODES } from "#core/verdict.ts";
import { idSchema, slugSchema } from "../fields.ts";

export const USAGE_INTERVALS = ["minute", "hour", "day"] as const;
export const USAGE_GROUPS = ["code", "key", "secret", "api", "operation", "environment"] as const;

const RULE = "Write a time as ISO 8601 with its zone, such as 2026-12-01T00:00:00Z, or a date.";

/** An instant with its zone, or a date (its midnight in UTC); epoch ms behind it. */
const rangeInstantSchema = z
  .string(RULE)
  .pipe(z.union([z.iso.datetime({ offset: true }), z.iso.date()], RULE))
  .transform((value) => Date.parse(value));

const rangeFields = {
  /** Undefined: an hour, a day or 30 days before `to`, by interval. */
  from: rangeInstantSchema.optional(),
  /** Exclusive. Undefined: now. */
  to: rangeInstantSchema.optional(),
  /** Undefined: minutes up to 3 hours, hours up to 8 days, else days. */
  interval: z.enum(USAGE_INTERVALS).optional(),
};

export const readUsageSchema = z.strictObject({
  projectId: idSchema,
  ...rangeFields,
  groupBy: z.enum(USAGE_GROUPS).default("code"),
  keyId: idSchema.optional(),
  api: slugSchema.optional(),
  code: z.enum(VERDICT_CODES).optional(),
});
export type ReadUsageInput = z.output<typeof readUsageSchema>;
export type UsageGroup = ReadUsageInput["groupBy"];

const readSiteUsageSchema = z.strictObject(rangeFields);
export type ReadSiteUsageInput = z.output<typeof readSiteUsageSchema>;

export const keySparklinesSchema = z.strictObject({
  projectId: idSchema,
  /** Undefined: every key of the project that was checked. */
  keyIds: z.array(idSchema).max(200).optional(),
});
export type KeySparklinesInput = z.output<typeof keySparklinesSchema>;

export const recentTrafficSchema = z.strictObject({ projectId: idSchema, keyId: idSchema });
export type RecentTrafficInput = z.output<typeof recentTrafficSchema>;

export const projectSparklinesSchema = z.strictObject({ projectIds: z.array(idSchema).max(200) });
export type ProjectSparklinesInput = z.output<typeof projectSparklinesSchema>;
