import { NO_LIMITS } from "#core/limits/types.ts";
import { iso, isoOrNull } from "#core/time.ts";
import type { ProjectAccess } from "../access/project-access.ts";
import type { Project } from "./types.ts";

export function presentProject({ project, role }: ProjectAccess): Project {
  return {
    id: project.id,
    name: project.name,
    createdAt: iso(project.createdAt),
    suspendedAt: isoOrNull(project.suspendedAt),
    role,
    limits: project.limits ?? NO_LIMITS,
    ceiling: project.ceiling ?? NO_LIMITS,
  };
}
