import { z } from "zod";
import { MAX_SCOPE_LENGTH } from "#core/api-scopes/required.ts";
import {
  MAX_ENTRIES,
  MAX_REFERRER_LENGTH,
  RESTRICTION_KINDS,
  totalEntries,
} from "#core/restrictions/kinds.ts";
import { ENTRY_ERRORS, type EntryErrorCode, NOTICES, SET_ERRORS } from "#core/restrictions/messages.ts";
import { VERDICT_CODES } from "#core/verdict.ts";
import { idSchema, isPlainText, SLUG, timestampSchema } from "../../fields.ts";

/** What a key may be used for and from where. An empty list restricts nothing. */
export const restrictionsSchema = z
  .strictObject({
    ips: z.array(z.string()),
    referrers: z.array(z.string()),
    apps: z.strictObject({
      android: z.array(z.strictObject({ package: z.string(), sha1: z.string() })),
      ios: z.array(z.strictObject({ bundleId: z.string() })),
    }),
    apis: z.array(
      z.strictObject({
        api: z.string(),
        operations: z.array(z.string()).describe("Empty for all of them."),
        scopes: z
          .array(z.string())
          .optional()
          .describe("The scopes that the key has for the API. Absent for all of them."),
      }),
    ),
  })
  .meta({ id: "Restrictions" });

/** Longer than any entry of its kind: rejected with the message for an entry that can't be parsed. */
const entry = (max: number, wrong: EntryErrorCode) => z.string().max(max, ENTRY_ERRORS[wrong]);

/** Exact, or a prefix that ends in a star. */
const operationPatternSchema = z
  .string()
  .trim()
  .min(1, ENTRY_ERRORS["operation-empty"])
  .max(200, ENTRY_ERRORS["operation-unknown"])
  .regex(/^\S*$/, ENTRY_ERRORS["operation-space"])
  .regex(/^[^*]*\*?$/, ENTRY_ERRORS["operation-star"])
  .refine(isPlainText, ENTRY_ERRORS["operation-space"]);

const entries = <Item extends z.ZodType>(item: Item) =>
  z.array(item).max(MAX_ENTRIES, SET_ERRORS["too-many"].message).default([]);

/** A kind that is left out is empty. */
export const restrictionsInputSchema = z
  .strictObject({
    ips: entries(entry(100, "ip-unreadable")),
    referrers: entries(entry(MAX_REFERRER_LENGTH, "referrer-long")),
    apps: z
      .strictObject({
        android: entries(
          z.strictObject({ package: entry(255, "app-package"), sha1: entry(100, "app-sha1") }),
        ),
        ios: entries(z.strictObject({ bundleId: entry(255, "app-bundle-id") })),
      })
      .default({ android: [], ios: [] }),
    apis: entries(
      z.strictObject({
        api: z.string().trim().max(50, ENTRY_ERRORS["api-unknown"]).regex(SLUG, ENTRY_ERRORS["api-unknown"]),
        operations: entries(operationPatternSchema),
        scopes: z
          .array(z.string().trim().max(MAX_SCOPE_LENGTH, ENTRY_ERRORS["scope-unknown"]))
          .max(MAX_ENTRIES, SET_ERRORS["too-many"].message)
          .optional(),
      }),
    ),
  })
  .refine((set) => totalEntries(set) <= MAX_ENTRIES, SET_ERRORS["too-many"].message);

const text = z.string().max(2_000);
const list = <Item extends z.ZodType>(item: Item) =>
  z.array(item).max(MAX_ENTRIES, "At most 1,000 at once.").default([]);

/** A draft of restrictions: entries can be any text, because each is explained or gets an error message. */
export const draftRestrictionsSchema = z.strictObject({
  ips: list(text),
  referrers: list(text),
  apps: z
    .strictObject({
      android: list(z.strictObject({ package: text, sha1: text })),
      ios: list(z.strictObject({ bundleId: text })),
    })
    .default({ android: [], ios: [] }),
  apis: list(z.strictObject({ api: text, operations: list(text), scopes: list(text).optional() })),
});

export const explainEntriesSchema = z.strictObject({
  projectId: idSchema,
  restrictions: draftRestrictionsSchema,
});
export type ExplainEntriesInput = z.output<typeof explainEntriesSchema>;

/** How many days of past traffic a draft is tested on; client observations are stored for a month. */
const daysSchema = z.coerce
  .number("Give a number of days.")
  .int("Give whole days.")
  .min(1, "At least 1.")
  .max(30, "At most 30.");

export const dryRunSchema = z.strictObject({
  projectId: idSchema,
  keyId: idSchema,
  restrictions: restrictionsInputSchema,
  days: daysSchema.default(7),
});
export type DryRunInput = z.output<typeof dryRunSchema>;

export const suggestSchema = z.strictObject({
  projectId: idSchema,
  keyId: idSchema,
  /** Percent of the requests that the suggestion may deny. */
  leaveOutRarest: z.coerce
    .number("Give a percentage.")
    .min(0, "Not below 0.")
    .max(5, "At most 5.")
    .default(0),
});
export type SuggestInput = z.output<typeof suggestSchema>;

const keysOf = <Code extends string>(codes: Record<Code, string>) => Object.keys(codes) as [Code, ...Code[]];

/** What one entry means, or why it can't be saved. */
const entryResultSchema = z
  .discriminatedUnion("ok", [
    z.strictObject({
      ok: z.literal(true),
      text: z.string().describe("The canonical form on one line, as it is saved."),
      meaning: z.string(),
      notices: z.array(z.strictObject({ code: z.enum(keysOf(NOTICES)), message: z.string() })),
    }),
    z.strictObject({
      ok: z.literal(false),
      code: z.enum(keysOf(ENTRY_ERRORS)),
      message: z.string().describe("What is wrong and how to write it."),
      suggestions: z.array(z.string()).describe("Similar valid entries."),
      at: z.string().optional().describe("The position in the entry, if only a part of it is wrong."),
    }),
  ])
  .meta({ id: "EntryReading" });
export type EntryResult = z.output<typeof entryResultSchema>;
const entryResults = z.array(entryResultSchema);

/** The results for a set's entries, in the order in which they were given. */
export const explainedEntriesSchema = z
  .strictObject({
    kinds: z.strictObject({
      ips: entryResults,
      referrers: entryResults,
      apps: z.strictObject({ android: entryResults, ios: entryResults }),
      apis: entryResults,
    }),
    total: z.int(),
  })
  .meta({ id: "ExplainedEntries" });
export type ExplainedEntries = z.output<typeof explainedEntriesSchema>;

const kind = z.enum(RESTRICTION_KINDS);
const count = z.int().min(0);

/** The impact of one kind of a draft's entries. */
const dryRunRuleSchema = z.strictObject({
  kind,
  refused: count,
  unsure: count,
  values: z.array(
    z.strictObject({
      value: z.string(),
      label: z.string(),
      count,
      lastSeenAt: timestampSchema.nullable(),
      outcome: z.enum(["refused", "unsure"]),
    }),
  ),
  more: count.describe("Values that are not listed."),
});
export type DryRunRule = z.output<typeof dryRunRuleSchema>;

/** A draft's impact on the allowed requests of a period. */
export const dryRunResultSchema = z
  .strictObject({
    from: timestampSchema,
    to: timestampSchema,
    checks: count.describe("Allowed requests."),
    refused: z
      .strictObject({ atLeast: count, atMost: count })
      .describe(
        "A range, if several kinds of restrictions may deny the same request or a result is unknown.",
      ),
    newlyRefused: z
      .strictObject({ atLeast: count, atMost: count })
      .describe("Those of them that the key's enforced restrictions would have allowed."),
    rules: z.array(dryRunRuleSchema),
    recentRefusals: z.strictObject({ looked: count, wouldPass: count }),
  })
  .meta({ id: "DryRun" });
export type DryRun = z.output<typeof dryRunResultSchema>;

/** Suggested restrictions, based on the key's traffic. */
export const restrictionSuggestionSchema = z
  .strictObject({
    since: timestampSchema,
    checks: count.describe("Allowed requests."),
    refusedAlready: z
      .strictObject({ atLeast: count, atMost: count })
      .describe(
        "Those of them that would be denied now, by the key's restrictions or because an API is no longer enabled.",
      ),
    suggestion: z
      .strictObject({
        restrictions: restrictionsSchema,
        sentence: z.string(),
        evidence: z.array(
          z.strictObject({ kind, entry: z.string(), count, lastSeenAt: timestampSchema.nullable() }),
        ),
        wouldRefuse: count.describe(
          "The maximum number of the other requests that would be denied; 0 unless rare traffic is ignored.",
        ),
      })
      .nullable(),
    why: z.string().nullable(),
  })
  .meta({ id: "RestrictionSuggestion" });
export type RestrictionSuggestion = z.output<typeof restrictionSuggestionSchema>;

/** What a report-only set would have denied so far. */
export const reportOnlyCountsSchema = z
  .strictObject({
    since: timestampSchema.nullable(),
    countedFrom: timestampSchema
      .nullable()
      .describe("The start of the counts: `since`, but at most 100 days ago."),
    judged: count,
    wouldRefuse: count,
    interval: z.literal("hour"),
    series: z.array(
      z.strictObject({
        group: z.enum(VERDICT_CODES),
        label: z.string(),
        points: z.array(z.tuple([z.number(), z.number()])),
        total: count,
      }),
    ),
  })
  .meta({ id: "TrialResult" });
export type ReportOnlyCounts = z.output<typeof reportOnlyCountsSchema>;
