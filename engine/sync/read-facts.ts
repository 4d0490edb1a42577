import type { ProjectFacts } from "#core/facts.ts";
import { applicableLimits } from "#core/limits/applicable-limits.ts";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { Db } from "#db/open.ts";
import type { StoredSecret } from "../cache/compile-facts.ts";
import { loadProjects, readSecrets, readStoredApi, type ServiceTokenFacts } from "../cache/load-facts.ts";
import {
  type FactsAnswer,
  type FactsRequest,
  type LocalSecret,
  opaqueId,
  type SecretAnswer,
} from "./protocol.ts";

/**
 * The facts that a service may have, read from the database: the service may follow the changes at another verifier,
 * and a cache here could be older than what it has seen there.
 */
export async function readFacts(
  db: Db,
  service: ServiceTokenFacts,
  { secrets, apis }: FactsRequest,
  nowMs: number,
): Promise<FactsAnswer> {
  const rows = new Map<string, StoredSecret>();
  if (secrets.length > 0) {
    for (const { hash, ...row } of await readSecrets(db, secrets)) rows.set(hash, row);
  }
  const ids = [...new Set([...rows.values()].map(({ projectId }) => projectId))];
  const projects = ids.length > 0 ? await loadProjects(db, ids, nowMs) : new Map<string, ProjectFacts>();
  const apiRows: FactsAnswer["apis"] = [];
  for (const slug of apis) apiRows.push(mayVerifyFor(service, slug) ? await readStoredApi(db, slug) : null);
  return {
    secrets: secrets.map((hash) => {
      const row = rows.get(hash);
      return row === undefined ? null : answerFor(row, projects.get(row.projectId), service, nowMs);
    }),
    apis: apiRows,
  };
}

const mayVerifyFor = ({ api }: ServiceTokenFacts, slug: string) => api === null || api === slug;

function answerFor(
  { limits, unconfirmedSince, ...secret }: StoredSecret,
  project: ProjectFacts | undefined,
  service: ServiceTokenFacts,
  nowMs: number,
): SecretAnswer {
  const ask: SecretAnswer = { ask: true, subjects: [opaqueId(secret.id), opaqueId(secret.projectId)] };
  if (project === undefined || project.suspended || !isUsable(secret, nowMs)) return ask;
  // Only a verifier finds out whether an earlier import has the same token.
  if (unconfirmedSince !== null) return ask;
  if (applicableLimits({ id: secret.id, limits }, project).length > 0) return ask;
  const enabledApis = [...project.enabledApis].filter((slug) => mayVerifyFor(service, slug));
  const plannedApis = enabledApis.filter((slug) => project.plans?.has(slug));
  const restrictions = narrow(secret.restrictions, service);
  const reportOnly = secret.reportOnly && narrow(secret.reportOnly, service);
  if (enabledApis.length === plannedApis.length) return ask;
  if (restrictions === "others" || reportOnly === "others") return ask;
  return { ask: false, secret: { ...secret, restrictions, reportOnly }, enabledApis, plannedApis };
}

/** Whether a request with this secret can be allowed now. */
function isUsable(
  { enabled, revokedAt, expiresAt, overlapEndsAt }: LocalSecret["secret"],
  nowMs: number,
): boolean {
  const lasts = (endsAt: number | null) => endsAt === null || nowMs < endsAt;
  return enabled && revokedAt === null && lasts(expiresAt) && lasts(overlapEndsAt);
}

/** The set without the entries about other APIs; `others` if all are, because an empty list would allow everything. */
function narrow(set: Restrictions, { api }: ServiceTokenFacts): Restrictions | "others" {
  if (api === null || set.apis.length === 0) return set;
  const apis = set.apis.filter((entry) => entry.api === api);
  return apis.length === 0 ? "others" : { ...set, apis };
}
