/** The page of the reference of an API. */
export function referenceHref(slug: string, query: Record<string, string | undefined> = {}): string {
  const search = new URLSearchParams(
    Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ).toString();
  return `/apis/${slug}/reference${search === "" ? "" : `?${search}`}`;
}

/** The page of an operation, with the language of the reader's examples. */
export function operationHref(slug: string, operation: string, language?: string): string {
  const query = language === undefined ? "" : `?lang=${encodeURIComponent(language)}`;
  return `/apis/${slug}/reference/${encodeURIComponent(operation)}${query}`;
}

export function guideHref(slug: string, guide: string): string {
  return `/apis/${slug}/guides/${guide}`;
}

export function changelogHref(slug: string): string {
  return `/apis/${slug}/changelog`;
}

/** The page on which an operation is tried. Linked with `<a>`: its Content-Security-Policy is its own. */
export function tryHref(slug: string, operation: string): string {
  return `/apis/${slug}/try/${encodeURIComponent(operation)}`;
}
