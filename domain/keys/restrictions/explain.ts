import { totalEntries } from "#core/restrictions/kinds.ts";
import type { ParsedEntry } from "#core/restrictions/parsed-entry.ts";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Verb } from "../../context.ts";
import { readEntries } from "./read.ts";
import type { EntryResult, ExplainEntriesInput, ExplainedEntries } from "./schema.ts";

/** Explains each entry of a draft, or what is wrong with it. Saves nothing. */
export async function explainEntries({ ctx, input }: Verb<ExplainEntriesInput>): Promise<ExplainedEntries> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const { restrictions } = input;
  const parsed = await readEntries(ctx.db.read, input.projectId, restrictions, []);
  return {
    kinds: {
      ips: parsed.ips.map(toEntryResult),
      referrers: parsed.referrers.map(toEntryResult),
      apps: {
        android: parsed.apps.android.map(toEntryResult),
        ios: parsed.apps.ios.map(toEntryResult),
      },
      apis: parsed.apis.map(toEntryResult),
    },
    total: totalEntries(restrictions),
  };
}

function toEntryResult(parsed: ParsedEntry<unknown>): EntryResult {
  if (!parsed.ok) return parsed;
  const { text, meaning, notices } = parsed;
  return { ok: true, text, meaning, notices };
}
