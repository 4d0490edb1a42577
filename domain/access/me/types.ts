import type { SiteRole } from "#db/tables/accounts.ts";
import type { ProjectRole } from "#db/tables/projects.ts";

/** Who asks, and the projects that they belong to, by name. */
export interface Me {
  user: { id: string; name: string; email: string; siteRole: SiteRole };
  projects: { id: string; name: string; role: ProjectRole }[];
}
