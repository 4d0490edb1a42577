import type { KeyApi } from "#components/keys/new-key-form.tsx";
import { listProjectApisForPage } from "#domain/catalog/enablement/list.ts";
import { readForPage } from "#server/page.ts";

/** The APIs that the project's keys can be for, with where they answer. */
export async function enabledApis(projectId: string): Promise<KeyApi[]> {
  const { items } = await readForPage(listProjectApisForPage, { projectId });
  return items
    .filter((api) => api.status === "enabled")
    .map(({ slug, name, baseUrl }) => ({ slug, name, baseUrl }));
}
