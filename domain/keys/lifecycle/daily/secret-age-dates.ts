import { DAY_MS } from "#core/time.ts";
import type { SecretAgePolicy } from "#db/tables/projects.ts";

/** No key is disabled for the age of its secret unless this was announced that long ago. */
const NOTICE_MS = 7 * DAY_MS;
/**
 * An announcement expires if the key was not disabled by then, because the rule was not in effect. It is then
 * repeated.
 */
const LAPSES_MS = 3 * DAY_MS;

/** The rules that apply to a project: the site's and its own. */
export function rulesFor(site: SecretAgePolicy | null, own: SecretAgePolicy | null): SecretAgePolicy[] {
  return [site, own].filter((rule) => rule !== null);
}

/** The lowest limit of some rules; null if there is none. */
export function strictestOf(rules: (SecretAgePolicy | null)[]): number | null {
  const days = rules.flatMap((rule) => (rule === null ? [] : [rule.maxDays]));
  return days.length === 0 ? null : Math.min(...days);
}

/**
 * When the secret reaches the lowest limit, and the lowest limit of the rules that disable keys, epoch ms; null for
 * never.
 */
export function endsOf(
  createdAt: number,
  rules: SecretAgePolicy[],
): { due: number | null; cut: number | null } {
  const earliest = (some: SecretAgePolicy[]) => {
    const days = strictestOf(some);
    return days === null ? null : createdAt + days * DAY_MS;
  };
  return { due: earliest(rules), cut: earliest(rules.filter(({ cut }) => cut)) };
}

interface Announced {
  createdAt: number;
  rules: SecretAgePolicy[];
  /** When its key will be disabled, as people were last notified. */
  disablesKeyAt: number | null;
  /** When its key was last enabled again. */
  activeSince: number | null;
}

/**
 * When the key will be disabled: when its secret is too old, but not before people had a week to rotate it. An
 * announced time stays, unless it expired or someone enabled the key after it.
 */
export function disableDateOf(
  { createdAt, rules, disablesKeyAt, activeSince }: Announced,
  nowMs: number,
): number | null {
  const { cut } = endsOf(createdAt, rules);
  if (cut === null) return null;
  const isAnnounced =
    disablesKeyAt !== null && disablesKeyAt > (activeSince ?? 0) && disablesKeyAt + LAPSES_MS > nowMs;
  const soonest = nowMs + NOTICE_MS;
  return Math.max(cut, isAnnounced ? Math.min(disablesKeyAt, soonest) : soonest);
}
