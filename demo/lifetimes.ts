import { NO_SCOPES } from "#core/check.ts";
import type { Client } from "#core/client.ts";
import { decide } from "#core/decide.ts";
import type { Facts } from "#core/facts.ts";
import type { CompiledRestrictions } from "#core/restrictions/compile.ts";
import type { Environment, VerdictCode } from "#core/verdict.ts";

/** A project's history: since when each API is enabled for it. Epoch ms. */
export interface ProjectLife {
  id: string;
  suspendedAt: number | null;
  enabled: { slug: string; fromMs: number }[];
}

/** A secret of a key, and when its overlap ends or ended; null for the current one. */
export interface SecretLife {
  id: string;
  createdAt: number;
  overlapEndsAt: number | null;
}

/** A key's history, as far as verdicts depend on it. */
export interface KeyLife {
  id: string;
  name: string;
  environment: Environment;
  createdAt: number;
  expiresAt: number | null;
  disabledAt: number | null;
  revokedAt: number | null;
  restrictions: CompiledRestrictions;
  /** Where most of its requests come from. */
  client: Client;
  /** Oldest first. */
  secrets: SecretLife[];
  project: ProjectLife;
}

/** The verdict on one request at `atMs`, by the engine's own rules. */
export function codeAt(
  key: KeyLife,
  secret: SecretLife,
  call: { api: string; operation: string },
  atMs: number,
): VerdictCode {
  return decide(
    factsAt(key, secret, atMs),
    { requestId: "", call: null, cost: 1, ...NO_SCOPES, client: key.client, ...call },
    atMs,
  ).code;
}

function factsAt(key: KeyLife, secret: SecretLife, atMs: number): Facts {
  const { project } = key;
  return {
    credential: "known",
    secret: {
      secretId: secret.id,
      overlapEndsAt: secret.overlapEndsAt,
      key: {
        id: key.id,
        projectId: project.id,
        name: key.name,
        environment: key.environment,
        enabled: !isPast(key.disabledAt, atMs),
        revokedAt: isPast(key.revokedAt, atMs) ? key.revokedAt : null,
        expiresAt: key.expiresAt,
        metadata: {},
        description: "",
        tags: [],
        externalId: null,
        restrictions: key.restrictions,
        reportOnly: null,
        limits: null,
      },
    },
    project: {
      id: project.id,
      suspended: isPast(project.suspendedAt, atMs),
      enabledApis: new Set(project.enabled.filter((e) => e.fromMs <= atMs).map((e) => e.slug)),
      limits: null,
      ceiling: null,
      plans: null,
    },
  };
}

/** When the key became unusable, if it is by `atMs`. */
export function endedAt(key: KeyLife, atMs: number): number | null {
  const ends = [key.revokedAt, key.disabledAt, key.expiresAt].filter((end) => isPast(end, atMs));
  return ends.length === 0 ? null : Math.min(...ends.map(Number));
}

function isPast(instant: number | null, atMs: number): boolean {
  return instant !== null && instant <= atMs;
}
