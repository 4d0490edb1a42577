import type { CheckRequest } from "../check.ts";
import type { DenialCode } from "../verdict.ts";
import { formatAddress, parseClientIp } from "./address.ts";
import { readAndroidApp, readIosApp } from "./apps.ts";
import { pageOf } from "./referrer-set.ts";
import { readReferrer } from "./referrers.ts";
import { originOf } from "./site.ts";
import { NO_RESTRICTIONS, type Restrictions } from "./types.ts";

/** An entry that would have allowed a denied request if it were in the key's restrictions. */
export interface Remedy {
  add: Restrictions;
  /** Text of the button that adds the entry. */
  label: string;
}

/** The entry that would have allowed a denied request; null if no entry can. */
export function remedyFor(
  code: DenialCode,
  { api, operation, client }: Pick<CheckRequest, "api" | "operation" | "client">,
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

/** The entries of both sets without duplicates. */
export function withAdded(base: Restrictions, add: Restrictions): Restrictions {
  return {
    ips: union(base.ips, add.ips),
    referrers: union(base.referrers, add.referrers),
    apps: { android: union(base.apps.android, add.apps.android), ios: union(base.apps.ios, add.apps.ios) },
    apis: union(base.apis, add.apis),
  };
}

function union<Entry>(base: readonly Entry[], add: readonly Entry[]): Entry[] {
  const existing = new Set(base.map((entry) => JSON.stringify(entry)));
  return [...base, ...add.filter((entry) => !existing.has(JSON.stringify(entry)))];
}
