/** The query of a page's URL, as Next passes it. */
export type PageSearch = Promise<Record<string, string | string[] | undefined>>;

/** The query as `URLSearchParams`. Repeated parameters are ignored: none of our pages writes them. */
export async function searchOf(search: PageSearch): Promise<URLSearchParams> {
  const entries = Object.entries(await search);
  return new URLSearchParams(
    entries.flatMap(([name, value]): [string, string][] =>
      typeof value === "string" ? [[name, value]] : [],
    ),
  );
}
