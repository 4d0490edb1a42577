import { z } from "zod";
import { USAGE_INTERVALS } from "#core/time.ts";
import { VERDICT_CODES } from "#core/verdict.ts";
import { cursorSchema, idSchema, limitSchema, slugSchema, timestampSchema } from "../fields.ts";
import { environmentSchema } from "../keys/schema.ts";

export const USAGE_GROUPS = [
  "code",
  "key",
  "secret",
  "api",
  "operation",
  "environment",
  "externalId",
] as const;

/** The group of requests without the grouped field (such as an operation), and the filter that selects them. */
export const NO_VALUE = "(none)";

const seriesSchema = z.strictObject({
  /**
   * An id, code, slug, operation or environment; `(none)` for requests without one, and `(others)`, in the last series,
   * for all groups that are not in this response.
   */
  group: z.string(),
  /** A key's or API's name, a secret's hint, otherwise the group itself. */
  label: z.string(),
  /** Start of a bucket (epoch ms, UTC) and its number of requests. Ascending; buckets without requests are left out. */
  points: z.array(z.tuple([z.number(), z.number()])),
  total: z.number(),
  previousTotal: z.number().optional().describe("With `compare`: its requests in the previous period."),
});
export type UsageSeries = z.output<typeof seriesSchema>;
export type UsagePoint = UsageSeries["points"][number];

const previousSchema = z.strictObject({
  from: timestampSchema,
  /** Exclusive: the start of the period that it is compared with. */
  to: timestampSchema,
  /** Of all groups together. */
  points: z.array(z.tuple([z.number(), z.number()])),
  total: z.number(),
});

/** Requests over time, grouped. */
export const usageSchema = z
  .strictObject({
    interval: z.enum(USAGE_INTERVALS),
    /** Start of the first bucket. */
    from: timestampSchema,
    /** End of the last bucket, exclusive. */
    to: timestampSchema,
    series: z
      .array(seriesSchema)
      .describe(
        "A page of the groups, largest first, then all others added up as `(others)` if there are any.",
      ),
    total: z.number().describe("The requests of all groups."),
    groups: z.int().describe("The number of all groups."),
    nextCursor: z.string().nullable().describe("The cursor of the next page; null on the last."),
    previous: previousSchema
      .nullable()
      .optional()
      .describe(
        "With `compare`: the same number of buckets before `from`; null if they are no longer stored.",
      ),
  })
  .meta({ id: "Usage" });
export type Usage = z.output<typeof usageSchema>;

const trafficCountSchema = z.strictObject({ valid: z.int(), denied: z.int() });
export type TrafficCount = z.output<typeof trafficCountSchema>;

const RULE = "Write a time as ISO 8601 with its zone, such as 2026-12-01T00:00:00Z, or a date.";

/** An instant with a time zone, or a date (midnight in UTC); epoch ms in the result. */
const rangeInstantSchema = z
  .string(RULE)
  .pipe(z.union([z.iso.datetime({ offset: true }), z.iso.date()], RULE))
  .transform((value) => Date.parse(value));

const rangeFields = {
  /** Undefined: an hour, a day or 30 days before `to`, by interval. */
  from: rangeInstantSchema.optional(),
  /** Exclusive. Undefined: now. */
  to: rangeInstantSchema.optional(),
  /** Undefined: minutes up to 3 hours, hours up to 8 days, else days; longer if the shorter are no longer stored. */
  interval: z.enum(USAGE_INTERVALS).optional(),
};

/** An operation or external ID as it is counted; `(none)` for requests without one. */
export const countedTextSchema = z
  .string()
  .min(1)
  .max(200)
  .transform((value) => value.toWellFormed().replaceAll("\0", ""));

/** Which requests are counted. */
const filterFields = {
  keyId: idSchema.optional(),
  secretId: idSchema.optional(),
  api: slugSchema.optional(),
  operation: countedTextSchema.optional().describe("`(none)` for requests without an operation."),
  environment: environmentSchema.optional(),
  externalId: countedTextSchema
    .optional()
    .describe("The external ID that the key has now; `(none)` for keys without one."),
  code: z.enum(VERDICT_CODES).optional(),
  outcome: z.enum(["allowed", "denied"]).optional(),
};

/** How many groups a response has if its request does not say. */
export const DEFAULT_GROUPS = 50;

export const readUsageSchema = z.strictObject({
  projectId: idSchema,
  ...rangeFields,
  limit: limitSchema
    .removeDefault()
    .optional()
    .describe(
      "Maximum number of groups: 1 to 200, default 50; fewer if they could have more than 10,000 points.",
    ),
  cursor: cursorSchema.describe(
    "The `nextCursor` of the previous page. Pages are exact if nothing in the range is counted meanwhile.",
  ),
  groupBy: z.enum(USAGE_GROUPS).default("code"),
  ...filterFields,
  compare: z.enum(["previous"]).optional().describe("Adds the totals of the period before."),
});
export type ReadUsageInput = z.output<typeof readUsageSchema>;
export type UsageGroup = ReadUsageInput["groupBy"];

export const readTopUsageSchema = z.strictObject({
  projectId: idSchema,
  ...rangeFields,
  ...filterFields,
  /** One list for each. */
  lists: z.array(z.enum(USAGE_GROUPS)).max(USAGE_GROUPS.length),
});
export type ReadTopUsageInput = z.output<typeof readTopUsageSchema>;

const topListSchema = z.strictObject({
  groupBy: z.enum(USAGE_GROUPS),
  /** The ten groups with the most requests, most first. */
  groups: z.array(seriesSchema.pick({ group: true, label: true, total: true })),
  /** The requests of all other groups. */
  others: z.number(),
});
export type TopList = z.output<typeof topListSchema>;

const topUsageSchema = z.strictObject({ total: z.number(), lists: z.array(topListSchema) });
export type TopUsage = z.output<typeof topUsageSchema>;

const projectTrafficSchema = z.strictObject({
  projectId: z.string(),
  name: z.string(),
  /** Its page no longer exists, but its requests stay counted. */
  deleted: z.boolean(),
  checks: z.int(),
  /** Of `checks`. */
  denied: z.int(),
});
export type ProjectTraffic = z.output<typeof projectTrafficSchema>;

const siteUsageSchema = z.strictObject({
  /** Grouped by code. */
  usage: usageSchema,
  /** The ten with the most requests, most first. */
  projects: z.array(projectTrafficSchema),
  /** The last full minute. */
  now: projectTrafficSchema.pick({ checks: true, denied: true }),
});
export type SiteUsage = z.output<typeof siteUsageSchema>;

const readSiteUsageSchema = z.strictObject(rangeFields);
export type ReadSiteUsageInput = z.output<typeof readSiteUsageSchema>;

export const keySparklinesSchema = z.strictObject({
  projectId: idSchema,
  /** Undefined: every key of the project that was checked. */
  keyIds: z.array(idSchema).max(200).optional(),
});
export type KeySparklinesInput = z.output<typeof keySparklinesSchema>;

const keySparklinesResultSchema = z.strictObject({
  /** Starts of the last seven days up to today (UTC), epoch ms. */
  days: z.array(z.int()),
  /** Requests of each key that had some, parallel to `days`. */
  keys: z.record(z.string(), z.strictObject({ valid: z.array(z.int()), denied: z.array(z.int()) })),
});
export type KeySparklines = z.output<typeof keySparklinesResultSchema>;

export const recentTrafficSchema = z.strictObject({ projectId: idSchema, keyId: idSchema });
export type RecentTrafficInput = z.output<typeof recentTrafficSchema>;

const networksSchema = z.strictObject({
  count: z.int(),
  /** Some were too many to be stored separately: there may be more. */
  orMore: z.boolean(),
});
/** How many networks (`/24` of IPv4, `/64` of IPv6) sent requests, as far as the services reported IP addresses. */
export type Networks = z.output<typeof networksSchema>;

const recentCountSchema = trafficCountSchema.extend({ from: networksSchema });
const recentTrafficResultSchema = z.strictObject({
  lastHour: recentCountSchema,
  lastDay: recentCountSchema,
  lastUsedAt: timestampSchema.nullable(),
});
/** A key's recent traffic, shown before it is disabled or revoked. */
export type RecentTraffic = z.output<typeof recentTrafficResultSchema>;

export const projectSparklinesSchema = z.strictObject({ projectIds: z.array(idSchema).max(200) });
export type ProjectSparklinesInput = z.output<typeof projectSparklinesSchema>;

const projectSparklinesResultSchema = z.record(z.string(), z.array(trafficCountSchema));
/** The last seven days up to today (UTC) of several projects by id, oldest day first. */
export type ProjectSparklines = z.output<typeof projectSparklinesResultSchema>;
