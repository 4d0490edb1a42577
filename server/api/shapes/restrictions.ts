import { z } from "zod";
import { FAULTS, NOTICES } from "#core/restrictions/messages.ts";

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
