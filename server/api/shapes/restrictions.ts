import { z } from "zod";
import { RESTRICTION_KINDS } from "#core/restrictions/kinds.ts";
import { FAULTS, NOTICES } from "#core/restrictions/messages.ts";
import { VERDICT_CODES } from "#core/verdict.ts";
import { instant, instantOrNull, pageOf } from "./common.ts";
import { restrictions } from "./keys.ts";

const keysOf = <Key extends string>(codes: Record<Key, string>) => Object.keys(codes) as [Key, ...Key[]];

const entryReading = z
  .discriminatedUnion("ok", [
    z.strictObject({
      ok: z.literal(true),
      text: z.string().describe("In canonical form, on one line: what is saved."),
      meaning: z.string(),
      notices: z.array(z.strictObject({ code: z.enum(keysOf(NOTICES)), message: z.string() })),
    }),
    z.strictObject({
      ok: z.literal(false),
      code: z.enum(keysOf(FAULTS)),
      message: z.string().describe("What is wrong and how to write it."),
      suggestions: z.array(z.string()).describe("Entries that may be what was meant."),
      at: z.string().optional().describe("Where in the entry, if not all of it is wrong."),
    }),
  ])
  .meta({ id: "EntryReading" });
const readings = z.array(entryReading);

export const explainedEntries = z
  .strictObject({
    kinds: z.strictObject({
      ips: readings,
      referrers: readings,
      apps: z.strictObject({ android: readings, ios: readings }),
      apis: readings,
    }),
    total: z.int(),
  })
  .meta({ id: "ExplainedEntries" });

const kind = z.enum(RESTRICTION_KINDS);
const count = z.int().min(0);

export const dryRunResult = z
  .strictObject({
    from: instant,
    to: instant,
    checks: count.describe("That passed."),
    refused: z
      .strictObject({ atLeast: count, atMost: count })
      .describe("A range where several kinds may refuse the same check, or something can't be told."),
    rules: z.array(
      z.strictObject({
        kind,
        refused: count,
        unsure: count,
        values: z.array(
          z.strictObject({
            value: z.string(),
            label: z.string(),
            count,
            lastSeenAt: instantOrNull,
            outcome: z.enum(["refused", "unsure"]),
          }),
        ),
        more: count.describe("Values that are not listed."),
      }),
    ),
    recentRefusals: z.strictObject({ looked: count, wouldPass: count }),
  })
  .meta({ id: "DryRun" });

export const restrictionSuggestion = z
  .strictObject({
    since: instant,
    checks: count.describe("That passed."),
    refusedAlready: z
      .strictObject({ atLeast: count, atMost: count })
      .describe(
        "Of them, what would be refused today: by the key's restrictions, or because an API is not enabled any more.",
      ),
    suggestion: z
      .strictObject({
        restrictions,
        sentence: z.string(),
        evidence: z.array(z.strictObject({ kind, entry: z.string(), count, lastSeenAt: instantOrNull })),
        wouldRefuse: count.describe("Of the others, at most so many; 0 unless the rarest were left out."),
      })
      .nullable(),
    why: z.string().nullable(),
  })
  .meta({ id: "RestrictionSuggestion" });

export const trialResult = z
  .strictObject({
    since: instantOrNull,
    countedFrom: instantOrNull.describe(
      "From when on the counts are kept: `since`, and 100 days back at most.",
    ),
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

const text = z.string().nullable();
const denial = z
  .strictObject({
    id: z.string(),
    time: instant,
    keyId: z.string(),
    keyName: z.string(),
    environment: z.enum(["live", "test"]),
    code: z.enum(VERDICT_CODES).exclude(["VALID"]),
    api: z.string(),
    operation: text,
    observed: z.record(z.string(), z.string()),
    words: z.string(),
    client: z.strictObject({
      clientIp: text,
      referrer: text,
      origin: text,
      androidPackage: text,
      androidCertSha1: text,
      iosBundleId: text,
    }),
    remedy: z.strictObject({ label: z.string(), query: z.string() }).nullable(),
    noRemedy: text.describe("Why no remedy is offered now, though the call could be told apart."),
  })
  .meta({ id: "Denial" });

export const denialPage = z.strictObject({
  ...pageOf(denial).shape,
  total: count.describe(
    "How many there were in the time, kept or not: exact, in whole minutes, hours or days.",
  ),
  from: instant,
  to: instant,
});
