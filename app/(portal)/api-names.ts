import { listApiNames } from "#domain/catalog/apis/list.ts";
import { readForPage } from "#server/page.ts";

/** The names of the APIs that the reader may see, by slug: usage is stored by slug, also that of deleted APIs. */
export async function apiNames(): Promise<ReadonlyMap<string, string>> {
  const apis = await readForPage(listApiNames, {});
  return new Map(apis.map(({ slug, name }) => [slug, name]));
}
