import type { Limit, LimitScope, Limits } from "./types.ts";

const NONE: readonly Limit[] = [];

/** Every limit that applies to a key's calls: those of the key, of its project and of the project's ceiling. */
export function limitsOf(
  key: { id: string; limits: Limits | null },
  project: { id: string; limits: Limits | null; ceiling: Limits | null },
): readonly Limit[] {
  if (key.limits === null && project.limits === null && project.ceiling === null) return NONE;
  return [
    ...listed("key", key.id, key.limits),
    ...listed("project", project.id, project.limits),
    ...listed("ceiling", project.id, project.ceiling),
  ];
}

function listed(scope: LimitScope, subject: string, limits: Limits | null): Limit[] {
  const list: Limit[] = [];
  const counter = scope === "ceiling" ? `${subject}/ceiling` : subject;
  if (limits?.rate) list.push({ kind: "rate", scope, counter, rate: limits.rate });
  if (limits?.quota) list.push({ kind: "quota", scope, counter, quota: limits.quota });
  return list;
}
