import type { Limit, Limits } from "./types.ts";

const NONE: readonly Limit[] = [];

/** The limits of keys that have some, with the project that they were listed for. Facts never change. */
const lists = new WeakMap<object, { project: object; limits: readonly Limit[] }>();

/** Every limit that applies to a key's calls: those of the key, of its project and of the project's ceiling. */
export function applicableLimits(
  key: { id: string; limits: Limits | null },
  project: { id: string; limits: Limits | null; ceiling: Limits | null },
): readonly Limit[] {
  if (key.limits === null && project.limits === null && project.ceiling === null) return NONE;
  const last = lists.get(key);
  if (last?.project === project) return last.limits;
  const limits = [
    ...listed({ scope: "key", projectId: project.id, counter: key.id }, key.limits),
    ...listed({ scope: "project", projectId: project.id, counter: project.id }, project.limits),
    ...listed({ scope: "ceiling", projectId: project.id, counter: `${project.id}/ceiling` }, project.ceiling),
  ];
  lists.set(key, { project, limits });
  return limits;
}

function listed(of: Pick<Limit, "scope" | "projectId" | "counter">, limits: Limits | null): Limit[] {
  const list: Limit[] = [];
  if (limits?.rate) list.push({ kind: "rate", ...of, rate: limits.rate });
  if (limits?.quota) list.push({ kind: "quota", ...of, quota: limits.quota });
  return list;
}
