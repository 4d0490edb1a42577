import { matchesGlob } from "#core/glob.ts";
import { DAY_MS } from "#core/time.ts";
import type { KeyRules } from "../../../access/policies/schema.ts";
import type { KeyRow } from "../../find.ts";
import { endOf, keyStatusOf } from "../../status.ts";
import type { RuleName } from "./schema.ts";

/** The fields of a key that rules depend on. */
export type KeyRowForRules = Pick<
  KeyRow,
  | "environment"
  | "name"
  | "description"
  | "externalId"
  | "createdAt"
  | "expiresAt"
  | "lifeEndsAt"
  | "rulesNotifiedAt"
  | "rulesEndAt"
  | "rulesAnnounced"
  | "enabled"
  | "revokedAt"
>;

/** What the daily run does to a key that breaks rules. Instants in epoch ms. */
export interface RuleStep {
  broken: RuleName[];
  /** When the maximum lifetime ends it, if that is earlier than it ends now. Its owners are notified of it. */
  lifeEndsAt: number | null;
  /**
   * `notify`: of `rules`, with `endsAt`, when it will be disabled for them. `disable`: now. `clear`: it follows the rules
   * again.
   */
  then:
    | { do: "notify"; rules: RuleName[]; endsAt: number | null }
    | { do: "disable" }
    | { do: "clear" }
    | null;
}

/** The rules that an existing key breaks. */
export function brokenRules(rule: KeyRules, key: KeyRowForRules): RuleName[] {
  const end = endOf(key);
  const limit = limitOf(rule, key);
  const broken: [RuleName, boolean][] = [
    ["maxLife", limit !== null && (end === null || end > limit)],
    ["expiry", rule.expiryRequired && end === null],
    ["name", rule.namePattern !== null && !matchesGlob(rule.namePattern, key.name)],
    ["description", rule.descriptionRequired && key.description.trim() === ""],
    ["externalId", rule.externalIdRequired && key.externalId === null],
  ];
  return broken.flatMap(([name, isBroken]) => (isBroken ? [name] : []));
}

function limitOf({ maxLifeDays }: KeyRules, { environment, createdAt }: KeyRowForRules): number | null {
  const days = maxLifeDays[environment];
  return days === null ? null : createdAt + days * DAY_MS;
}

/**
 * The step of the daily run for a key that is not exempt; null for none. Its owners are always notified at least
 * `noticeDays` before it ends. An announced date stays until the key follows all rules that were announced with it, or
 * was disabled by them: neither disabling it in the meantime nor enabling it after the date gives more time. A rule that
 * was not announced has its own notice.
 */
export function ruleStep(rules: readonly KeyRules[], key: KeyRowForRules, nowMs: number): RuleStep | null {
  const applied = rules.filter(({ existingKeys }) => existingKeys !== "keep");
  const ending = applied.filter(({ existingKeys }) => existingKeys === "disable");
  const broken = [...new Set(applied.flatMap((rule) => brokenRules(rule, key)))];
  const isActive = keyStatusOf(key, nowMs) === "active";
  const lifeEndsAt = isActive ? lifeEndAfterNotice(ending, key, nowMs) : null;
  // The new end is an expiry.
  const dated = lifeEndsAt === null ? key : { ...key, lifeEndsAt };
  const then = nextStep(applied, ending, dated, nowMs);
  if (!isActive && then?.do !== "clear") return null;
  return lifeEndsAt === null && then === null ? null : { broken, lifeEndsAt, then };
}

/** When the maximum lifetime ends the key: not before its owners have had notice. Null if it ends earlier anyway. */
function lifeEndAfterNotice(ending: KeyRules[], key: KeyRowForRules, nowMs: number): number | null {
  const end = endOf(key);
  const ends = ending.flatMap((rule) => {
    const limit = limitOf(rule, key);
    return limit === null ? [] : [Math.max(limit, nowMs + rule.noticeDays * DAY_MS)];
  });
  const earliest = Math.min(...ends);
  return ends.length > 0 && (end === null || earliest < end) ? earliest : null;
}

/** About the rules that no date can mend. */
function nextStep(
  applied: KeyRules[],
  ending: KeyRules[],
  key: KeyRowForRules,
  nowMs: number,
): RuleStep["then"] {
  // A maximum lifetime that ends keys gives it a date.
  const brokenBy = (rule: KeyRules) =>
    brokenRules(rule, key).filter((name) => name !== "maxLife" || rule.existingKeys === "notify");
  const brokenByAny = (some: KeyRules[]) => [...new Set(some.flatMap(brokenBy))];
  const broken = brokenByAny(applied);
  if (broken.length === 0) return key.rulesNotifiedAt === null ? null : { do: "clear" };
  const notices = ending.filter((rule) => brokenBy(rule).length > 0).map(({ noticeDays }) => noticeDays);
  const endsAt = notices.length === 0 ? null : nowMs + Math.min(...notices) * DAY_MS;
  const rules = endsAt === null ? broken : brokenByAny(ending);
  const { rulesNotifiedAt, rulesEndAt, rulesAnnounced } = key;
  const isAnnounced =
    rulesNotifiedAt !== null &&
    (rulesEndAt === null) === (endsAt === null) &&
    (rulesAnnounced === null || rules.some((name) => rulesAnnounced.includes(name)));
  if (!isAnnounced) return { do: "notify", rules, endsAt };
  return rulesEndAt !== null && nowMs >= rulesEndAt ? { do: "disable" } : null;
}
