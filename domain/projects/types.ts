import type { Limits } from "#core/limits/types.ts";
import type { ProjectRole } from "#db/tables/projects.ts";
import type { Page, Person } from "../fields.ts";

export interface Project {
  id: string;
  name: string;
  createdAt: string;
  suspendedAt: string | null;
  /** The asker's role; an administrator acts as an owner everywhere. */
  role: ProjectRole;
  /** What its keys are held to together. */
  limits: Limits;
  /** What an administrator holds it to, besides. */
  ceiling: Limits;
}

export interface ProjectDetail extends Project {
  /** Whom to ask for what one may not do oneself. */
  owners: Person[];
  /** Keys that are not revoked. */
  liveKeys: number;
  members: number;
}

export interface ProjectSummary extends Project {
  /** Keys that are not revoked. */
  liveKeys: number;
}

export type ProjectPage = Page<ProjectSummary>;
