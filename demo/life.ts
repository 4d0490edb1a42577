import type { Client } from "#core/client.ts";
import { decide } from "#core/decide.ts";
import type { Facts } from "#core/facts.ts";
import type { CompiledRestrictions } from "#core/restrictions/compile.ts";
import type { Environment, VerdictCode } from "#core/verdict.ts";

/** A project through time: from when on which API is enabled for it. Instants are epoch ms. */
export interface ProjectLife {
  id: string;
  suspendedAt: number | null;
  enabled: { slug: string; fromMs: number }[];
}

/** A secret of a key, and when it stops or stopped working; null for the current one. */
export interface SecretLife {
  id: string;
  createdAt: number;
  lapsesAt: number | null;
}

/** A key through time, as far as a verdict depends on it. */
export interface KeyLife {
  id: string;
  name: string;
  environment: Environment;
  createdAt: number;
  expiresAt: number | null;
  disabledAt: number | null;
  revokedAt: number | null;
  restrictions: CompiledRestrictions;
  /** Where most of its calls come from. */
  client: Client;
  /** Oldest first. */
  secrets: SecretLife[];
  project: ProjectLife;
}

/** What the verdict on one call was or will be at `atMs`: the engine's own rule decides, not the demo. */
export function codeAt(
  key: KeyLife,
  secret: SecretLife,
  call: { api: string; operation: string },
  atMs: number,
): VerdictCode {
  return decide(
    factsAt(key, secret, atMs),
    { requestId: "", call: null, cost: 1, client: key.client, ...call },
    atMs,
  ).code;
}

function factsAt(key: KeyLife, secret: SecretLife, atMs: number): Facts {
  const { project } = key;
  return {
    credential: "known",
    secret: {
      secretId: secret.id,
      lapsesAt: secret.lapsesAt,
      key: {
        id: key.id,
        projectId: project.id,
        name: key.name,
        environment: key.environment,
        enabled: !isPast(key.disabledAt, atMs),
        revokedAt: isPast(key.revokedAt, atMs) ? key.revokedAt : null,
        expiresAt: key.expiresAt,
        metadata: {},
        restrictions: key.restrictions,
        trial: null,
        limits: null,
      },
    },
    project: {
      id: project.id,
      suspended: isPast(project.suspendedAt, atMs),
      enabledApis: new Set(project.enabled.filter((e) => e.fromMs <= atMs).map((e) => e.slug)),
      limits: null,
      ceiling: null,
    },
  };
}

/** When the key stopped being usable, if it has by `atMs`. */
export function endedAt(key: KeyLife, atMs: number): number | null {
  const ends = [key.revokedAt, key.disabledAt, key.expiresAt].filter((end) => isPast(end, atMs));
  return ends.length === 0 ? null : Math.min(...ends.map(Number));
}

function isPast(instant: number | null, atMs: number): boolean {
  return instant !== null && instant <= atMs;
}
