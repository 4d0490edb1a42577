import { KEY_FIGURES, type KeyFigure } from "#domain/admin/totals.ts";

/** The list of exactly the keys that a figure counts. */
export function figureHref(figure: KeyFigure): string {
  const filter = Object.entries(KEY_FIGURES[figure]).map(([name, value]) => [name, String(value)]);
  return `/admin/keys?${new URLSearchParams(filter)}`;
}
