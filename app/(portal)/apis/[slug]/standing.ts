import "server-only";
import type { AccessStatus } from "#db/tables/projects.ts";
import { listProjectApis } from "#domain/catalog/enablement/list.ts";
import type { Verb } from "#domain/context.ts";
import { listProjects } from "#domain/projects/list.ts";

/** How one of the reader's projects stands with an API. */
export interface Standing {
  project: { id: string; name: string };
  status: AccessStatus | null;
  /** May the reader enable it there? */
  mayChange: boolean;
}

/** More projects than one chooses from a list; the rest have their own page of APIs. */
const SHOWN = 50;

/** The reader's own projects, and how each stands with the API. */
export async function readStandings({ ctx, input }: Verb<{ slug: string }>): Promise<Standing[]> {
  const { items } = await listProjects({ ctx, input: { all: false, limit: SHOWN } });
  return Promise.all(
    items.map(async ({ id, name, role }) => {
      const apis = await listProjectApis({ ctx, input: { projectId: id } });
      const status = apis.items.find((api) => api.slug === input.slug)?.status ?? null;
      return { project: { id, name }, status, mayChange: role !== "viewer" };
    }),
  );
}
