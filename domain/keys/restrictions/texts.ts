import { plural } from "#core/format.ts";
import type { RecordedOutcome } from "#core/observations.ts";
import { OTHERS } from "#core/other-values.ts";
import type { RestrictionKind } from "#core/restrictions/kinds.ts";
import type { Restrictions } from "#core/restrictions/types.ts";

/** "Used only from 203.0.113.0/24 and 2 other IP addresses or networks, calling only badges." */
export function suggestionSentence({ ips, referrers, apps, apis }: Restrictions): string {
  const appNames = [...apps.android.map((app) => app.package), ...apps.ios.map((app) => app.bundleId)];
  const parts = [
    listed("from", ips, "IP address or network", "IP addresses or networks"),
    listed("on", referrers, "site", "sites"),
    listed("in", [...new Set(appNames)], "app", "apps"),
  ].filter((part) => part !== null);
  const calling = listed(
    "calling only",
    apis.map(({ api }) => api),
    "API",
    "APIs",
  );
  const where = parts.length > 0 ? `Used only ${parts.join(" and ")}` : null;
  const scopes = [...new Set(apis.flatMap((entry) => entry.scopes ?? []))];
  const using = listed("needing only", scopes, "scope", "scopes");
  const what = calling === null ? null : where === null ? `Used for ${calling}` : calling;
  return `${[where, what, using].filter((part) => part !== null).join(", ")}.`;
}

function listed(how: string, [first, ...others]: string[], one: string, many: string): string | null {
  if (first === undefined) return null;
  if (others.length === 0) return `${how} ${first}`;
  return `${how} ${first} and ${plural(others.length, `other ${one}`, `other ${many}`)}`;
}

const NONE: Record<RestrictionKind, string> = {
  apis: "no API",
  ips: "no valid IP address",
  referrers: "no valid website",
  apps: "no app",
};

/** A stored value as text for people. */
export function valueLabel(kind: RestrictionKind, value: string, outcome: RecordedOutcome): string {
  if (kind === "apis" && outcome === "unsure") return `${value}, no operation that it lists`;
  if (value === "") return NONE[kind];
  if (value === OTHERS) return "others, not stored separately";
  return kind === "apps" ? value.replaceAll(/(^|\|)(android|ios):/g, "$1").replaceAll("|", ", ") : value;
}
