import type { Limits } from "./limits/types.ts";
import type { MalformedKeyReason } from "./malformed-key.ts";
import type { PlanPeriod } from "./plans/periods.ts";
import type { CompiledRestrictions } from "./restrictions/compile.ts";
import type { Environment } from "./verdict.ts";

/** A secret and the key behind it, as read from the database and compiled once. Instants are epoch ms. */
export interface SecretFacts {
  secretId: string;
  /** When an older secret's overlap ends; null for the current one. */
  overlapEndsAt: number | null;
  key: KeyFacts;
}

export interface KeyFacts {
  id: string;
  projectId: string;
  name: string;
  environment: Environment;
  enabled: boolean;
  revokedAt: number | null;
  expiresAt: number | null;
  metadata: Record<string, unknown>;
  description: string;
  tags: string[];
  externalId: string | null;
  restrictions: CompiledRestrictions;
  /** Restrictions that are evaluated and counted but not enforced, and since when (epoch ms). */
  reportOnly: { since: number; restrictions: CompiledRestrictions } | null;
  limits: Limits | null;
}

export interface ProjectFacts {
  id: string;
  suspended: boolean;
  /** Slugs of the APIs that are enabled for the project; a pending one is not. */
  enabledApis: ReadonlySet<string>;
  limits: Limits | null;
  /** Limits that an administrator set for the whole project, in addition. */
  ceiling: Limits | null;
  /** The project's plans by slug of the API, in effect or later. Null if it has none, as most have. */
  plans: ReadonlyMap<string, readonly PlanPeriod[]> | null;
}

/** A known secret and its project. */
export interface KnownFacts {
  credential: "known";
  secret: SecretFacts;
  project: ProjectFacts;
}

/** Everything that a verdict depends on, except the request, the time and the limits' counters. */
export type Facts = UnknownFacts | KnownFacts;

/** A credential that is not a known secret. */
export interface UnknownFacts {
  credential: NoCredential;
  /** The likely mistake in a malformed credential; null if none was recognized. */
  malformedReason?: MalformedKeyReason | null;
}

/** No credential was sent, its format is wrong, no key has it, or an imported one has to wait for its first comparison. */
export type NoCredential = "missing" | "malformed" | "unknown" | "unverified";
