/** The query of a page's address, as Next gives it. */
export type PageSearch = Promise<Record<string, string | string[] | undefined>>;

/** The query as `URLSearchParams`. What is there twice counts as not there: no page of ours writes that. */
export async function searchOf(search: PageSearch): Promise<URLSearchParams> {
  const entries = Object.entries(await search);
  return new URLSearchParams(
    entries.flatMap(([name, value]): [string, string][] =>
      typeof value === "string" ? [[name, value]] : [],
    ),
  );
}
