import type { RestrictionKind } from "./kinds.ts";
import { type ApiRestriction, NO_RESTRICTIONS, type Restrictions } from "./types.ts";

/** One entry of a set, as a set with only this entry. */
export interface SingleEntry {
  kind: RestrictionKind;
  /** The entry on one line. */
  text: string;
  set: Restrictions;
}

/** An API's entry on one line: `badges: badges.sync (badges:read)`. */
export function apiText({ api, operations, scopes = [] }: ApiRestriction): string {
  const called = operations.length === 0 ? api : `${api}: ${operations.join(", ")}`;
  return scopes.length === 0 ? called : `${called} (${scopes.join(" ")})`;
}

/** Splits a set into its entries. A call passes a kind exactly if it passes one of that kind's entries. */
export function splitEntries({ apis, ips, referrers, apps }: Restrictions): SingleEntry[] {
  const none = NO_RESTRICTIONS;
  return [
    ...apis.flatMap(({ operations, ...entry }) =>
      (operations.length === 0 ? [[]] : operations.map((operation) => [operation])).map((some) => {
        const single = { ...entry, operations: some };
        return { kind: "apis" as const, text: apiText(single), set: { ...none, apis: [single] } };
      }),
    ),
    ...ips.map((text) => ({ kind: "ips" as const, text, set: { ...none, ips: [text] } })),
    ...referrers.map((text) => ({ kind: "referrers" as const, text, set: { ...none, referrers: [text] } })),
    ...apps.android.map((app) => ({
      kind: "apps" as const,
      text: `${app.package}@${app.sha1}`,
      set: { ...none, apps: { android: [app], ios: [] } },
    })),
    ...apps.ios.map((app) => ({
      kind: "apps" as const,
      text: app.bundleId,
      set: { ...none, apps: { android: [], ios: [app] } },
    })),
  ];
}
