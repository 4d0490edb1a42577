import type { ProjectAccess } from "../access.ts";
import { iso, isoOrNull } from "../time.ts";
import type { Project } from "./types.ts";

export function presentProject({ project, role }: ProjectAccess): Project {
  return {
    id: project.id,
    name: project.name,
    createdAt: iso(project.createdAt),
    suspendedAt: isoOrNull(project.suspendedAt),
    role,
    limits: { rate: null, quota: null },
  };
}
