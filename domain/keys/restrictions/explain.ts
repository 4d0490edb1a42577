import { totalEntries } from "#core/restrictions/kinds.ts";
import type { Reading } from "#core/restrictions/reading.ts";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Verb } from "../../context.ts";
import { readEntries } from "./read.ts";
import type { EntryReading, ExplainEntriesInput, ExplainedEntries } from "./schema.ts";

/** Explains each entry of a draft, or what is wrong with it. Saves nothing. */
export async function explainEntries({ ctx, input }: Verb<ExplainEntriesInput>): Promise<ExplainedEntries> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const { restrictions } = input;
  const readings = await readEntries(ctx.db.read, input.projectId, restrictions, []);
  return {
    kinds: {
      ips: readings.ips.map(toEntryReading),
      referrers: readings.referrers.map(toEntryReading),
      apps: {
        android: readings.apps.android.map(toEntryReading),
        ios: readings.apps.ios.map(toEntryReading),
      },
      apis: readings.apis.map(toEntryReading),
    },
    total: totalEntries(restrictions),
  };
}

function toEntryReading(reading: Reading<unknown>): EntryReading {
  if (!reading.ok) return reading;
  const { text, meaning, notices } = reading;
  return { ok: true, text, meaning, notices };
}
