import type { SecretAgeRule } from "#db/tables/projects.ts";

const DAY_MS = 86_400_000;
/** No key is switched off for its secret's age before people were told so long ago. */
const NOTICE_MS = 7 * DAY_MS;
/** What people were told lapses when it did not come true by then: the rule was not in force. They are told anew. */
const LAPSES_MS = 3 * DAY_MS;

/** The rules that hold for a project: the site's and its own. */
export function rulesFor(site: SecretAgeRule | null, own: SecretAgeRule | null): SecretAgeRule[] {
  return [site, own].filter((rule) => rule !== null);
}

/** The fewest days of some rules; null where there is none. */
export function strictestOf(rules: (SecretAgeRule | null)[]): number | null {
  const days = rules.flatMap((rule) => (rule === null ? [] : [rule.maxDays]));
  return days.length === 0 ? null : Math.min(...days);
}

/** When a secret is too old by the strictest of the rules, and of those that cut, epoch ms; null for never. */
export function endsOf(
  createdAt: number,
  rules: SecretAgeRule[],
): { due: number | null; cut: number | null } {
  const earliest = (some: SecretAgeRule[]) => {
    const days = strictestOf(some);
    return days === null ? null : createdAt + days * DAY_MS;
  };
  return { due: earliest(rules), cut: earliest(rules.filter(({ cut }) => cut)) };
}

interface Told {
  createdAt: number;
  rules: SecretAgeRule[];
  /** When its key is switched off, as people were last told. */
  cutAt: number | null;
  /** When its key last came to work again. */
  standsSince: number | null;
}

/**
 * When the key is switched off: when its secret is too old, and not before people had a week to rotate it. What they
 * were told stands, until it lapsed or somebody switched the key on again after it.
 */
export function cutOf({ createdAt, rules, cutAt, standsSince }: Told, nowMs: number): number | null {
  const { cut } = endsOf(createdAt, rules);
  if (cut === null) return null;
  const stands = cutAt !== null && cutAt > (standsSince ?? 0) && cutAt + LAPSES_MS > nowMs;
  const soonest = nowMs + NOTICE_MS;
  return Math.max(cut, stands ? Math.min(cutAt, soonest) : soonest);
}
