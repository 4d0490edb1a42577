import { inArray } from "drizzle-orm";
import type { Scope } from "#db/open.ts";

/** Those that were not sent yet. Usually there are none, and the caller has nothing to write. */
export async function omitSent<Named extends { once: string }>(
  { q, t: { events } }: Scope,
  named: Named[],
): Promise<Named[]> {
  if (named.length === 0) return [];
  const rows = await q
    .select({ once: events.once })
    .from(events)
    .where(
      inArray(
        events.once,
        named.map(({ once }) => once),
      ),
    );
  const sent = new Set(rows.map(({ once }) => once));
  return named.filter(({ once }) => !sent.has(once));
}
