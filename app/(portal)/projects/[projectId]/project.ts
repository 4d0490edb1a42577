import { notFound } from "next/navigation";
import { cache } from "react";
import type { KeyApi } from "#components/keys/new-key-form.tsx";
import type { PlanNames } from "#components/limits/text.ts";
import { listProjectApisForPage } from "#domain/catalog/enablement/list.ts";
import { getKey } from "#domain/keys/list.ts";
import { listSubscriptions } from "#domain/plans/read-subscription.ts";
import { getProject } from "#domain/projects/list.ts";
import type { ProjectDetail } from "#domain/projects/schema.ts";
import { findForPage, readForPage } from "#server/page.ts";

/** The project of a page and the reader's role in it, read once for layout and page together. Null if it is missing. */
export const findProject = cache((projectId: string) => findForPage(getProject, { projectId }));

/** As `findProject`. If it is missing, the page is "page not found". */
export async function projectOf(projectId: string): Promise<ProjectDetail> {
  return ((await findProject(projectId)) ?? notFound()).value;
}

/** The key of a page, read once for its title and its content. */
export const keyOf = cache((projectId: string, keyId: string) => readForPage(getKey, { projectId, keyId }));

/** The names of the project's plans and of their APIs, by slug of the API: limits are counted by slug. */
export async function planNames(projectId: string): Promise<PlanNames> {
  const { items } = await readForPage(listSubscriptions, { projectId });
  return new Map(items.map(({ api, plan }) => [api.slug, { api: api.name, plan }]));
}

/** The project's enabled APIs, for the forms of keys. */
export async function enabledApis(projectId: string): Promise<KeyApi[]> {
  const { items } = await readForPage(listProjectApisForPage, { projectId });
  return items.filter((api) => api.status === "enabled").map(({ slug, name }) => ({ slug, name }));
}
