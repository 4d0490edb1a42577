import type { KeyFlaw } from "./key-flaw.ts";
import type { Limits } from "./limits/types.ts";
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
  restrictions: CompiledRestrictions;
  /** A set that is judged and counted, not enforced, and since when. */
  reportOnly: { since: number; restrictions: CompiledRestrictions } | null;
  limits: Limits | null;
}

export interface ProjectFacts {
  id: string;
  suspended: boolean;
  /** Slugs of the APIs that are enabled for the project; a pending one is not. */
  enabledApis: ReadonlySet<string>;
  limits: Limits | null;
  /** What an administrator holds the whole project to, besides. */
  ceiling: Limits | null;
}

/** A key's secret, and its project. */
export interface KnownFacts {
  credential: "known";
  secret: SecretFacts;
  project: ProjectFacts;
}

/** All that a verdict depends on besides the request, the time and the limits' counters. */
export type Facts = UnknownFacts | KnownFacts;

/** No key's secret. */
export interface UnknownFacts {
  credential: NoCredential;
  /** What is wrong with a malformed one, where that can be told. */
  flaw?: KeyFlaw | null;
}

/** Nothing was sent, something that is no key's secret, or nobody's. */
export type NoCredential = "missing" | "malformed" | "unknown";
