import type { Client } from "./client.ts";
import { formatAddress, parseAddress, parseClientIp } from "./restrictions/address.ts";
import { appsOf } from "./restrictions/apps.ts";
import type { CompiledRestrictions } from "./restrictions/compile.ts";
import { pageOf } from "./restrictions/referrer-set.ts";
import { originOf, parsePage } from "./restrictions/site.ts";
import { redactTokens } from "./tokens.ts";

/** What is kept of where a passed check came from, each on its own. */
export const OBSERVATION_KINDS = ["address", "origin", "app"] as const;
export type ObservationKind = (typeof OBSERVATION_KINDS)[number];

/** Stands for every value beyond the bound. */
export const OTHERS = "*";

/** A longer value than any real one is not kept. */
const MAX_VALUE_LENGTH = 300;

/** Where a call came from, in canonical form; empty where nothing was said that can be read. */
export function observationsOf(client: Client): Record<ObservationKind, string> {
  const address = parseClientIp(client.clientIp);
  const page = client.referrer || client.origin ? pageOf(client) : null;
  return {
    address: address === null ? "" : formatAddress(address),
    origin: page === null ? "" : emptyUnlessStorable(originOf(page)),
    app: client.androidPackage || client.iosBundleId ? emptyUnlessStorable(appsOf(client).join("|")) : "",
  };
}

function emptyUnlessStorable(value: string): string {
  return value.length > MAX_VALUE_LENGTH || /\p{Cc}/u.test(value) || redactTokens(value) !== value
    ? ""
    : value;
}

/** What can be told of a call of which only this is kept. */
export type Outcome = "allowed" | "refused" | "unsure";

/**
 * Would a call with this sighting pass the kind that it is about? `unsure` for those that were not kept apart,
 * and for a site of which only some pages may.
 */
export function evaluateObservation(
  { ips, referrers, apps }: CompiledRestrictions,
  kind: ObservationKind,
  value: string,
): Outcome {
  const rule = { address: ips, origin: referrers, app: apps }[kind];
  if (rule === null) return "allowed";
  if (value === OTHERS) return "unsure";
  switch (kind) {
    case "address": {
      const address = parseAddress(value);
      return address !== null && ips?.has(address) ? "allowed" : "refused";
    }
    case "origin": {
      const page = parsePage(value);
      const passing = page === null ? "none" : referrers?.hasOrigin(page);
      return passing === "all" ? "allowed" : passing === "some" ? "unsure" : "refused";
    }
    case "app":
      return value.split("|").some((app) => apps?.has(app)) ? "allowed" : "refused";
  }
}
