import { OTHERS, type Outcome } from "#core/observations.ts";
import type { RestrictionKind } from "#core/restrictions/kinds.ts";

const NONE: Record<RestrictionKind, string> = {
  apis: "no API",
  ips: "no valid IP address",
  referrers: "no valid website",
  apps: "no app",
};

/** A stored value as text for people. */
export function valueLabel(kind: RestrictionKind, value: string, outcome: Outcome): string {
  if (kind === "apis" && outcome === "unsure") return `${value}, no operation that it lists`;
  if (value === "") return NONE[kind];
  if (value === OTHERS) return "others, not stored separately";
  return kind === "apps" ? value.replaceAll(/(^|\|)(android|ios):/g, "$1").replaceAll("|", ", ") : value;
}
