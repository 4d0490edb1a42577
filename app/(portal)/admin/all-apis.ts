import "server-only";
import { listApis } from "#domain/catalog/apis/list.ts";
import type { Api } from "#domain/catalog/apis/types.ts";
import { readForPage } from "#server/page.ts";

/** The whole catalogue, for choosing from. */
export async function allApis(): Promise<Api[]> {
  const apis: Api[] = [];
  let cursor: string | undefined;
  do {
    const page = await readForPage(listApis, { cursor, limit: 200 });
    apis.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return apis;
}
