import type { Restrictions } from "#core/restrictions/types.ts";
import type { StoredForm } from "./stored-columns.ts";

/**
 * Versions before scopes would ignore those of an API's entry and allow the call. A set with scopes is stored with a
 * field that they don't know: their verifiers answer 503 for its key during an upgrade.
 */
export const storedRestrictions: StoredForm<Restrictions> = {
  encode: (set) =>
    set.apis.some(({ scopes }) => scopes !== undefined && scopes.length > 0) ? { ...set, scopes: true } : set,
  decode: (stored) => {
    if (typeof stored !== "object" || stored === null || !("scopes" in stored)) return stored as Restrictions;
    const { scopes: _, ...set } = stored;
    return set as Restrictions;
  },
};
