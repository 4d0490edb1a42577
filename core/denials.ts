import type { DenialCode } from "./verdict.ts";

/** The texts for one code. */
interface DenialText {
  /** When the code is returned, for the documentation. */
  when: string;
  /** The verdict's message; `{api}` is replaced by the observed value of that name. */
  message: string;
  /** Other messages for the same code, by cause. */
  variants?: Record<string, string>;
}

/** The texts of every denial code, in evaluation order (docs/integrate/verify-keys.md). */
export const DENIALS: Record<DenialCode, DenialText> = {
  KEY_MISSING: {
    when: "The request has no key: it is absent, null, empty or white space.",
    message: "Send your key in the header X-Api-Key, or as Authorization: Bearer.",
  },
  KEY_MALFORMED: {
    when: "The value does not have the format of a key of this deployment, or its checksum is wrong.",
    message:
      "This is not a key of this deployment, or it was truncated or mistyped. Copy the whole key again.",
    variants: {
      scheme:
        "Send only the key. A word such as “Bearer” before it belongs in the Authorization header only.",
      quoted: "Send the key without the quotes around it.",
      spaces: "The key contains a space or a line break. Copy it again without them.",
      characters: "The key contains an invalid character, perhaps an invisible one. Copy it again.",
      serviceToken: "This is a service token, which only verifies keys. Send a key.",
      managementToken: "This is a management token, which only manages keys. Send a key.",
      surrounded: "Send only the key. There is other text before or after it.",
    },
  },
  KEY_NOT_FOUND: {
    when: "The format is right, but no key has this secret.",
    message: "No key has this secret. Check which deployment it was created on.",
  },
  KEY_REVOKED: {
    when: "The key was revoked.",
    message: "This key was revoked. Ask its project to restore it or to create another one.",
  },
  KEY_DISABLED: {
    when: "The key is disabled.",
    message: "This key is disabled. Its page in the portal says who can enable it.",
  },
  KEY_EXPIRED: {
    when: "The key's expiry has passed.",
    message: "This key has expired. Its project can extend it or create another one.",
  },
  KEY_ROTATED: {
    when: "This secret was replaced, and its overlap has ended.",
    message: "This secret was replaced and its overlap has ended. Use the key's new secret.",
  },
  PROJECT_SUSPENDED: {
    when: "An administrator suspended the key's project.",
    message: "An administrator suspended this key's project. Contact them.",
  },
  API_NOT_ENABLED: {
    when: "The key's project has not enabled the API that was called.",
    message: "Enable the API “{api}” for this key's project.",
  },
  API_NOT_ALLOWED: {
    when: "The key's restrictions don't list the API that was called.",
    message: "Add the API “{api}” to this key's restrictions, or use another key.",
  },
  OPERATION_NOT_ALLOWED: {
    when: "The key's restrictions don't list the operation that was called, or the request named no operation.",
    message: "Add the operation “{operation}” to this key's restrictions.",
    variants: {
      missing: "This key is restricted to certain operations, and the service did not send the operation.",
      notFound:
        "This key is restricted to certain operations, and the API's OpenAPI document has none for {method} {path}.",
    },
  },
  SCOPE_NOT_GRANTED: {
    when: "The key's restrictions limit it to scopes of the API, and the operation or the service needs a scope that the key lacks, or the API does not list the operation.",
    message: "Add the scope “{missingScopes}” to this key's restrictions: {operation} needs it.",
    variants: {
      several: "Add the scopes “{missingScopes}” to this key's restrictions: {operation} needs them.",
      asked: "Add “{missingScopes}” to this key's scopes: the service requires it for this request.",
      missing: "This key is limited to scopes, and the service did not send the operation.",
      notFound:
        "This key is limited to scopes, and the API's OpenAPI document has no operation for {method} {path}.",
      unlisted: "This key is limited to scopes, and the API does not say which of them {operation} needs.",
    },
  },
  CLIENT_IP_UNKNOWN: {
    when: "The key is restricted to IP addresses, and the service sent no valid one.",
    message:
      "This key is restricted to IP addresses, and “{clientIp}” is not one. The service must send the caller's IP address as clientIp.",
    variants: {
      missing:
        "This key is restricted to IP addresses. The service must send the caller's IP address as clientIp.",
    },
  },
  IP_NOT_ALLOWED: {
    when: "The caller's IP address is in none of the key's networks.",
    message: "Add the IP address {clientIp} to this key's restrictions, or call from an allowed one.",
  },
  REFERRER_NOT_ALLOWED: {
    when: "The calling page is on none of the key's websites, or the request did not say which page it came from.",
    message: "Add the website of “{page}” to this key's restrictions, or call from an allowed page.",
    variants: {
      missing: "This key is restricted to websites. The request needs a Referer or Origin header.",
      unreadable:
        "“{page}” is not a page. The request needs the Referer or Origin header that a browser sends.",
      disagreeing:
        "The Referer “{referrer}” and the Origin “{origin}” name different sites. Forward both as the browser sent them.",
      opaqueOrigin:
        "The browser sent “Origin: null” with the Referer “{referrer}”: the page is sandboxed, or the call was redirected from another site. Call the API directly, and give a sandboxed frame allow-same-origin.",
    },
  },
  APP_NOT_ALLOWED: {
    when: "The calling app is none of the key's apps, or the request did not say which app it came from.",
    message: "Add the app “{app}” to this key's restrictions, or use another key.",
    variants: {
      missing:
        "This key is restricted to apps. The request needs X-Android-Package and X-Android-Cert, or X-Ios-Bundle-Identifier.",
      incomplete:
        "An Android app must send both X-Android-Package and X-Android-Cert, the SHA-1 of its certificate. One of them is missing or invalid.",
    },
  },
  RATE_LIMITED: {
    when: "The key, its project or the project's plan has reached its rate limit, or the key is imported and too many are verified for the first time right now.",
    message: "The {limitOf} has used its {units} per {window}. Try again after the time in Retry-After.",
    variants: {
      plan: "The project has used the {units} per {window} of its plan {plan} (limit {policy}). Try again after the time in Retry-After.",
      never:
        "This request costs {cost} units, but the {limitOf} may use {limit} per {window}. It can never pass.",
      unverified:
        "Too many imported keys are verified for the first time right now. Try again after the time in Retry-After.",
    },
  },
  QUOTA_EXCEEDED: {
    when: "The key, its project or the project's plan has used up its quota.",
    message:
      "The {limitOf} has used its quota of {units} per {period}. Wait until the next {period} begins, in UTC.",
    variants: {
      plan: "The project has used the {units} per {period} of its plan {plan} (limit {policy}). Change the plan, or wait until the next {period} begins, in UTC.",
      never:
        "This request costs {cost} units, but the {limitOf}'s quota is {limit} per {period}. It can never pass.",
    },
  },
};

/** The message of a code with the observed values filled in. `variant` selects one of the code's other messages. */
export function messageOf(code: DenialCode, observed: Record<string, string>, variant?: string): string {
  const { message, variants: or } = DENIALS[code];
  const words = (variant && or?.[variant]) ?? message;
  const facts: Record<string, string | undefined> = {
    ...observed,
    page: observed.referrer ?? observed.origin,
    app: observed.androidPackage ?? observed.iosBundleId,
    units: observed.limit && counted(observed.limit, "unit"),
    window: observed.windowSeconds === "1" ? "second" : counted(observed.windowSeconds ?? "", "second"),
  };
  return words.replace(/\{(\w+)\}/g, (_, name: string) => {
    const fact = facts[name] ?? "";
    return COUNTS.has(name) ? withSeparators(fact) : fact;
  });
}

/** The observed values that are counts. Others, such as the name of an operation, can consist of digits too. */
const COUNTS = new Set(["limit", "cost"]);

/** "1 unit", "30,000 units". */
function counted(digits: string, noun: string): string {
  return `${withSeparators(digits)} ${noun}${digits === "1" ? "" : "s"}`;
}

/** "30000" as "30,000", as in every other text. */
function withSeparators(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Why a rule denies a request. */
export interface Reason {
  code: DenialCode;
  /** One sentence for developers: what to do. */
  message: string;
  /** The values that the rule evaluated; never the list they were compared with. */
  observed: Record<string, string>;
}

/** The reason for a denial. `variant` selects one of the code's other messages. */
export function reason(code: DenialCode, observed: Record<string, string> = {}, variant?: string): Reason {
  return { code, message: messageOf(code, observed, variant), observed };
}
