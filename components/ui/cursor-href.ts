/** The address of a list's page behind `cursor`; null at the end. `base` may have a query of its own. */
export function cursorHref(base: string, cursor: string | null): string | null {
  if (cursor === null) return null;
  return `${base}${base.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(cursor)}`;
}
