import type { RestrictionKind } from "./kinds.ts";
import { NO_RESTRICTIONS, type Restrictions } from "./types.ts";

/** One entry of a set, as a set with only this entry. */
export interface SingleEntry {
  kind: RestrictionKind;
  /** The entry on one line. */
  text: string;
  set: Restrictions;
}

/** Splits a set into its entries. A call passes a kind exactly if it passes one of that kind's entries. */
export function splitEntries({ apis, ips, referrers, apps }: Restrictions): SingleEntry[] {
  const none = NO_RESTRICTIONS;
  return [
    ...apis.flatMap(({ api, operations }) =>
      operations.length === 0
        ? [{ kind: "apis" as const, text: api, set: { ...none, apis: [{ api, operations }] } }]
        : operations.map((operation) => ({
            kind: "apis" as const,
            text: `${api}: ${operation}`,
            set: { ...none, apis: [{ api, operations: [operation] }] },
          })),
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
