import { totalEntries } from "#core/restrictions/kinds.ts";
import type { Reading } from "#core/restrictions/reading.ts";
import { requireProjectRole } from "../../access.ts";
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
      ips: readings.ips.map(told),
      referrers: readings.referrers.map(told),
      apps: { android: readings.apps.android.map(told), ios: readings.apps.ios.map(told) },
      apis: readings.apis.map(told),
    },
    total: totalEntries(restrictions),
  };
}

function told(reading: Reading<unknown>): EntryReading {
  if (!reading.ok) return reading;
  const { text, meaning, notices } = reading;
  return { ok: true, text, meaning, notices };
}
