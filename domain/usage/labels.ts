import { inArray } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import type { UsageGroup } from "./schema.ts";

/** Labels of the groups: keys by name, secrets by hint, APIs by name; others by their value. */
export async function labelsOf(
  { q, t }: Scope,
  groupBy: UsageGroup,
  groups: string[],
): Promise<Map<string, string>> {
  if (groups.length === 0) return new Map();
  const named = await (() => {
    switch (groupBy) {
      case "key":
        return q
          .select({ group: t.keys.id, label: t.keys.name })
          .from(t.keys)
          .where(inArray(t.keys.id, groups));
      case "secret":
        return q
          .select({ group: t.secrets.id, label: t.secrets.hint })
          .from(t.secrets)
          .where(inArray(t.secrets.id, groups));
      case "api":
        return q
          .select({ group: t.apis.slug, label: t.apis.name })
          .from(t.apis)
          .where(inArray(t.apis.slug, groups));
      default:
        return [];
    }
  })();
  return new Map(named.map(({ group, label }) => [group, label]));
}
