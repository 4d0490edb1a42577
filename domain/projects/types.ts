import type { ProjectRole } from "#db/tables/projects.ts";

export interface Project {
  id: string;
  name: string;
  createdAt: string;
  suspendedAt: string | null;
  /** What the asker may do in it. */
  role: ProjectRole;
  /** No limits can be set yet. */
  limits: { rate: null; quota: null };
}
