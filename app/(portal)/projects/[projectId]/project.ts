import { cache } from "react";
import type { KeyApi } from "#components/keys/new-key-form.tsx";
import { listProjectApisForPage } from "#domain/catalog/enablement/list.ts";
import { getKey } from "#domain/keys/list.ts";
import { getProject } from "#domain/projects/list.ts";
import { readForPage } from "#server/page.ts";

/** The project of a page and the reader's role in it, read once for layout and page together. */
export const projectOf = cache((projectId: string) => readForPage(getProject, { projectId }));

/** The key of a page, read once for its title and its content. */
export const keyOf = cache((projectId: string, keyId: string) => readForPage(getKey, { projectId, keyId }));

/** The project's enabled APIs with their base URLs, for the forms of keys. */
export async function enabledApis(projectId: string): Promise<KeyApi[]> {
  const { items } = await readForPage(listProjectApisForPage, { projectId });
  return items
    .filter((api) => api.status === "enabled")
    .map(({ slug, name, baseUrl }) => ({ slug, name, baseUrl }));
}
