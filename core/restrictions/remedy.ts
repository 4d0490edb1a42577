import { isScopeName } from "../api-scopes/required.ts";
import type { CheckRequest } from "../check.ts";
import type { DenialCode } from "../verdict.ts";
import { readAndroidApp, readIosApp } from "./apps.ts";
import { formatIpAddress, parseClientIp } from "./ip-address.ts";
import { referringPage } from "./referrer-set.ts";
import { readReferrer } from "./referrers.ts";
import { originOf } from "./site.ts";
import { type ApiRestriction, NO_RESTRICTIONS, type Restrictions } from "./types.ts";

/** An entry that would have allowed a denied request if it were in the key's restrictions. */
export interface Remedy {
  add: Restrictions;
  /** Text of the button that adds the entry. */
  label: string;
}

/** The entry that would have allowed a denied request; null if no entry can. */
export function remedyFor(
  code: DenialCode,
  {
    api,
    operation,
    client,
    requiredScopes,
  }: Pick<CheckRequest, "api" | "operation" | "client" | "requiredScopes">,
): Remedy | null {
  switch (code) {
    case "API_NOT_ALLOWED":
      return { add: { ...NO_RESTRICTIONS, apis: [{ api, operations: [] }] }, label: `Allow the API ${api}` };
    case "OPERATION_NOT_ALLOWED":
      // A name with a star would allow more than the operation that was called.
      return operation === null || /[\s*]/.test(operation)
        ? null
        : {
            add: { ...NO_RESTRICTIONS, apis: [{ api, operations: [operation] }] },
            label: `Allow ${operation}`,
          };
    case "SCOPE_NOT_GRANTED":
      return scopeRemedy(api, requiredScopes?.[0] ?? []);
    case "IP_NOT_ALLOWED": {
      const address = parseClientIp(client.clientIp);
      return address && entry("ips", formatIpAddress(address));
    }
    case "REFERRER_NOT_ALLOWED": {
      const page = referringPage(client);
      const parsed = page && readReferrer(originOf(page));
      return parsed?.ok ? entry("referrers", parsed.entry) : null;
    }
    case "APP_NOT_ALLOWED":
      return appRemedy(client);
    default:
      return null;
  }
}

/** Null if no scope is known that would allow the call. */
function scopeRemedy(api: string, scopes: readonly string[]): Remedy | null {
  if (scopes.length === 0 || !scopes.every(isScopeName)) return null;
  const add = { ...NO_RESTRICTIONS, apis: [{ api, operations: [], scopes: [...scopes] }] };
  return { add, label: `Grant ${scopes.join(" and ")}` };
}

function entry(kind: "ips" | "referrers", text: string): Remedy {
  return { add: { ...NO_RESTRICTIONS, [kind]: [text] }, label: `Allow ${text}` };
}

function appRemedy({ androidPackage, androidCertSha1, iosBundleId }: CheckRequest["client"]): Remedy | null {
  const android = readAndroidApp({ package: androidPackage ?? "", sha1: androidCertSha1 ?? "" });
  if (android.ok) return app({ android: [android.entry], ios: [] }, android.entry.package);
  const ios = readIosApp({ bundleId: iosBundleId ?? "" });
  return ios.ok ? app({ android: [], ios: [ios.entry] }, ios.entry.bundleId) : null;
}

function app(apps: Restrictions["apps"], name: string): Remedy {
  return { add: { ...NO_RESTRICTIONS, apps }, label: `Allow ${name}` };
}

/** The entries of both sets without duplicates. An entry of scopes adds them to those of its API. */
export function withAdded(base: Restrictions, add: Restrictions): Restrictions {
  return {
    ips: union(base.ips, add.ips),
    referrers: union(base.referrers, add.referrers),
    apps: { android: union(base.apps.android, add.apps.android), ios: union(base.apps.ios, add.apps.ios) },
    apis: add.apis.reduce<ApiRestriction[]>(withApi, base.apis),
  };
}

function union<Entry>(base: readonly Entry[], add: readonly Entry[]): Entry[] {
  const existing = new Set(base.map((entry) => JSON.stringify(entry)));
  return [...base, ...add.filter((entry) => !existing.has(JSON.stringify(entry)))];
}

/** Adds operations, or scopes, or a whole API. Scopes never add operations, and operations never add scopes. */
function withApi(base: ApiRestriction[], { api, operations, scopes = [] }: ApiRestriction): ApiRestriction[] {
  const same = base.filter((entry) => entry.api === api);
  if (same.length === 0) return [...base, { api, operations, ...(scopes.length > 0 && { scopes }) }];
  if (scopes.length > 0) {
    return base.map((entry) =>
      entry.api === api && entry.scopes ? { ...entry, scopes: union(entry.scopes, scopes).sort() } : entry,
    );
  }
  const limit = same[0]?.scopes;
  return union(base, [{ api, operations, ...(limit && { scopes: limit }) }]);
}
