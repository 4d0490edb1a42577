import type { KeyRules, LeakAction, Policies, SecondFactorPolicy } from "./schema.ts";

export const SECOND_FACTOR_STRICTNESS: Record<SecondFactorPolicy, number> = {
  optional: 0,
  admins: 1,
  everyone: 2,
};
const EXISTING_STRICTNESS: Record<KeyRules["existingKeys"], number> = { keep: 0, notify: 1, disable: 2 };
const LEAK_STRICTNESS: Record<LeakAction, number> = { tell: 0, disable: 1 };

/** A deadline in days; none is the loosest. */
const days = (value: number | null) => value ?? Number.POSITIVE_INFINITY;

/** Whether a maximum age of secrets allows older ones, or has no consequence anymore. */
export function isLooserSecretAge(before: Policies["secretAge"], after: Policies["secretAge"]): boolean {
  if (before === null) return false;
  return after === null || after.maxDays > before.maxDays || (before.cut && !after.cut);
}

/** Whether key rules allow a key that they denied before. */
export function isLooserKeyRules(before: KeyRules, after: KeyRules): boolean {
  return (
    days(after.maxLifeDays.live) > days(before.maxLifeDays.live) ||
    days(after.maxLifeDays.test) > days(before.maxLifeDays.test) ||
    (before.namePattern !== null && before.namePattern !== after.namePattern) ||
    EXISTING_STRICTNESS[after.existingKeys] < EXISTING_STRICTNESS[before.existingKeys] ||
    (before.existingKeys === "disable" && after.noticeDays > before.noticeDays) ||
    (["expiryRequired", "descriptionRequired", "externalIdRequired", "approvalRequired"] as const).some(
      (rule) => before[rule] && !after[rule],
    )
  );
}

/** Whether a policy allows something that it denied before. A new policy needs a rule here. */
const IS_LOOSER: { [Name in keyof Policies]: (before: Policies[Name], after: Policies[Name]) => boolean } = {
  liveKeysNeedApplicationRestriction: (before, after) => before && !after,
  secretAge: isLooserSecretAge,
  unusedKeys: (before, after) =>
    days(after.warnDays) > days(before.warnDays) ||
    days(after.disableDays) > days(before.disableDays) ||
    days(after.revokeDays) > days(before.revokeDays),
  leakedKeys: (before, after) =>
    LEAK_STRICTNESS[after.live] < LEAK_STRICTNESS[before.live] ||
    LEAK_STRICTNESS[after.test] < LEAK_STRICTNESS[before.test],
  managementTokens: (before, after) => days(after.maxDays) > days(before.maxDays),
  secondFactor: (before, after) => SECOND_FACTOR_STRICTNESS[after] < SECOND_FACTOR_STRICTNESS[before],
  keyRules: isLooserKeyRules,
};

/** The names of the policies that are looser after a change, in any part of them. */
export function loosenedPolicies(before: Policies, after: Policies): (keyof Policies)[] {
  const isLooser = <Name extends keyof Policies>(name: Name) => IS_LOOSER[name](before[name], after[name]);
  return (Object.keys(IS_LOOSER) as (keyof Policies)[]).filter((name) => isLooser(name));
}
