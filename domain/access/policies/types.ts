import type { Environment } from "#core/verdict.ts";
import type { SecretAgeRule } from "#db/tables/projects.ts";

/** The site's rules for every project's keys. */
export interface Policies {
  liveKeysNeedApplicationRestriction: boolean;
  /** How old a secret may grow; null for no rule. A project may have a stricter one of its own. */
  secretAge: SecretAgeRule | null;
  unusedKeys: UnusedKeysRule;
  /** What happens to a key of which a secret was found in public, besides telling its owners. */
  leakedKeys: Record<Environment, LeakAction>;
}

/** What happens to a key that nobody uses for so many days; null for nothing. Each later than the one before. */
export interface UnusedKeysRule {
  warnDays: number | null;
  disableDays: number | null;
  revokeDays: number | null;
}

export type LeakAction = "tell" | "disable";
