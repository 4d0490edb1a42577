import type { CheckRequest } from "../check.ts";
import type { DenialCode } from "../verdict.ts";
import { formatAddress, parseClientIp } from "./address.ts";
import { readAndroidApp, readIosApp } from "./apps.ts";
import { pageOf } from "./referrer-set.ts";
import { readReferrer } from "./referrers.ts";
import { originOf } from "./site.ts";
import { NO_RESTRICTIONS, type Restrictions } from "./types.ts";

/** One entry that, added to a key's restrictions, would have let a refused call through its rule. */
export interface Remedy {
  add: Restrictions;
  /** What it does, as a button says it. */
  label: string;
}

/** The entry that would help against a refusal; null where none does. */
export function remedyFor(
  code: DenialCode,
  { api, operation, client }: Pick<CheckRequest, "api" | "operation" | "client">,
): Remedy | null {
  switch (code) {
    case "API_NOT_ALLOWED":
      return { add: { ...NO_RESTRICTIONS, apis: [{ api, operations: [] }] }, label: `Allow the API ${api}` };
    case "OPERATION_NOT_ALLOWED":
      // A name with a star in it would open more than what was called.
      return operation === null || /[\s*]/.test(operation)
        ? null
        : {
            add: { ...NO_RESTRICTIONS, apis: [{ api, operations: [operation] }] },
            label: `Allow ${operation}`,
          };
    case "IP_NOT_ALLOWED": {
      const address = parseClientIp(client.clientIp);
      return address && entry("ips", formatAddress(address));
    }
    case "REFERRER_NOT_ALLOWED": {
      const page = pageOf(client);
      const reading = page && readReferrer(originOf(page));
      return reading?.ok ? entry("referrers", reading.entry) : null;
    }
    case "APP_NOT_ALLOWED":
      return appRemedy(client);
    default:
      return null;
  }
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

/** Both sets' entries in one, each once. */
export function withAdded(base: Restrictions, add: Restrictions): Restrictions {
  return {
    ips: both(base.ips, add.ips),
    referrers: both(base.referrers, add.referrers),
    apps: { android: both(base.apps.android, add.apps.android), ios: both(base.apps.ios, add.apps.ios) },
    apis: both(base.apis, add.apis),
  };
}

function both<Entry>(base: readonly Entry[], add: readonly Entry[]): Entry[] {
  const had = new Set(base.map((one) => JSON.stringify(one)));
  return [...base, ...add.filter((one) => !had.has(JSON.stringify(one)))];
}
