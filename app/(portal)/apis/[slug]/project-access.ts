import "server-only";
import type { AccessStatus } from "#db/tables/projects.ts";
import { getProjectApiStatus } from "#domain/catalog/enablement/list.ts";
import type { Verb } from "#domain/context.ts";
import { listProjects } from "#domain/projects/list.ts";

/** The status of an API in one of the reader's projects. */
export interface ProjectAccess {
  project: { id: string; name: string };
  status: AccessStatus | null;
  /** Whether the reader may enable the API for the project. */
  mayChange: boolean;
}

/** Members of more projects use the page of APIs of the other projects. */
const SHOWN = 50;

/** The status of the API in each of the reader's projects. */
export async function readProjectAccess({ ctx, input }: Verb<{ slug: string }>): Promise<ProjectAccess[]> {
  const { items } = await listProjects({ ctx, input: { all: false, limit: SHOWN } });
  return Promise.all(
    items.map(async ({ id, name, role }) => {
      const status = await getProjectApiStatus({ ctx, input: { projectId: id, slug: input.slug } });
      return { project: { id, name }, status, mayChange: role !== "viewer" };
    }),
  );
}
