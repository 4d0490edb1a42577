import { KEY_TOTALS, type KeyTotal } from "#domain/admin/totals.ts";

/** The URL of the list that contains exactly the keys that a figure counts. */
export function figureHref(figure: KeyTotal): string {
  const filter = Object.entries(KEY_TOTALS[figure]).map(([name, value]) => [name, String(value)]);
  return `/admin/keys?${new URLSearchParams(filter)}`;
}
