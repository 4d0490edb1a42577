import { type Client, isSameClient, NO_CLIENT } from "./client.ts";
import { OTHERS } from "./other-values.ts";
import { appsOf } from "./restrictions/apps.ts";
import type { CompiledRestrictions } from "./restrictions/compile.ts";
import { formatClientIp, parseIpAddress } from "./restrictions/ip-address.ts";
import { referringPage } from "./restrictions/referrer-set.ts";
import { isOriginOf, originOf, type PageUrl, parsePage } from "./restrictions/site.ts";
import { redactTokens } from "./tokens.ts";

/** The recorded properties of the client of a passed check. Each is counted separately. */
export const OBSERVATION_KINDS = ["address", "origin", "app"] as const;
export type ObservationKind = (typeof OBSERVATION_KINDS)[number];

/** Longest recorded value, characters. Real ones are shorter. */
const MAX_VALUE_LENGTH = 300;

/** What was observed of a client, by kind. */
export type Observations = Readonly<Record<ObservationKind, string>>;

/** The observations of a call in canonical form, perhaps parts of its texts; empty for each that is missing or invalid. */
export function observationsOf(client: Client): Observations {
  // Only of one client, because its texts may contain secrets.
  if (!isSameClient(client, last.client)) last = { client, observations: readObservations(client) };
  return last.observations;
}

let last: { client: Client; observations: Observations } = {
  client: NO_CLIENT,
  observations: { address: "", origin: "", app: "" },
};

function readObservations(client: Client): Observations {
  const page = client.referrer || client.origin ? referringPage(client) : null;
  return {
    address: formatClientIp(client.clientIp),
    origin: page === null ? "" : emptyUnlessStorable(canonicalOrigin(page, client)),
    app: client.androidPackage || client.iosBundleId ? emptyUnlessStorable(appsOf(client).join("|")) : "",
  };
}

/** Most requests with a page have its origin as a text already. */
function canonicalOrigin(page: PageUrl, { origin }: Client): string {
  return origin !== null && isOriginOf(page, origin) ? origin : originOf(page);
}

/** Observations of another process, with an empty text for each that can't be stored. */
export function storableObservations(
  seen: Record<ObservationKind, string> | null,
): Record<ObservationKind, string> {
  return {
    address: emptyUnlessStorable(seen?.address ?? ""),
    origin: emptyUnlessStorable(seen?.origin ?? ""),
    app: emptyUnlessStorable(seen?.app ?? ""),
  };
}

/** Without characters of tokens: most origins. */
const HARMLESS = /^[a-z0-9:/.-]*$/;

function emptyUnlessStorable(value: string): string {
  if (value.length <= MAX_VALUE_LENGTH && HARMLESS.test(value)) return value;
  return value.length > MAX_VALUE_LENGTH || /\p{Cc}/u.test(value) || redactTokens(value) !== value
    ? ""
    : value;
}

/** The outcome of a recorded call; `unsure` if the record is not enough to decide. */
export type RecordedOutcome = "allowed" | "refused" | "unsure";

/**
 * Whether a call with this observation would pass the matching kind of restriction. `unsure` for values that are not
 * counted separately, and for an origin of which only some pages are allowed.
 */
export function evaluateObservation(
  { ips, referrers, apps }: CompiledRestrictions,
  kind: ObservationKind,
  value: string,
): RecordedOutcome {
  const rule = { address: ips, origin: referrers, app: apps }[kind];
  if (rule === null) return "allowed";
  if (value === OTHERS) return "unsure";
  switch (kind) {
    case "address": {
      const address = parseIpAddress(value);
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
