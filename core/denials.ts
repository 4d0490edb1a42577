import type { DenialCode } from "./verdict.ts";

/** What is to be said of one refusal. */
interface RefusalWords {
  /** When it is given, for the documentation. */
  when: string;
  /** The verdict's sentence; `{api}` stands for what was observed by that name. */
  message: string;
  /** Other sentences for the same code, by what went wrong. */
  or?: Record<string, string>;
  /** What to do about it, for the documentation and the portal. */
  remedy: string;
}

/** Every refusal's words, in the order in which they are decided. */
export const DENIALS: Record<DenialCode, RefusalWords> = {
  KEY_MISSING: {
    when: "The request has no key: it is absent, null, empty or white space.",
    message: "Send your key in the header X-Api-Key, or as Authorization: Bearer.",
    remedy: "Send the key in the header `X-Api-Key`. In a URL it counts only where the API allows it.",
  },
  KEY_MALFORMED: {
    when: "What was sent has not the shape of a key of this deployment, or its checksum is wrong.",
    message: "This is not a key of this deployment, or it was cut or mistyped: copy it again, whole.",
    or: {
      scheme:
        "Send the key alone: a word such as “Bearer” before it belongs into the Authorization header only.",
      quoted: "Send the key without the quotes around it.",
      spaces: "The key has a space or a line break in it: copy it again, as one piece.",
      characters: "The key has a character in it that no key has, perhaps an invisible one: copy it again.",
      serviceToken: "This is a service token, which only asks about keys: send a key.",
      managementToken: "This is a management token, which only manages keys: send a key.",
      surrounded: "Send the key alone: there is something before or after it.",
    },
    remedy: "Copy the whole secret again, without quotes or spaces around it. If it is lost, rotate the key.",
  },
  KEY_NOT_FOUND: {
    when: "The shape is right, and no key has this secret.",
    message: "No key has this secret. Check which deployment it was made on.",
    remedy: "Check that the secret belongs to this deployment: staging and production have different keys.",
  },
  KEY_REVOKED: {
    when: "The key was revoked.",
    message: "This key was revoked. Ask its project for another, or have it restored.",
    remedy: "A developer of the project can restore it within 30 days, or make another.",
  },
  KEY_DISABLED: {
    when: "The key is switched off.",
    message: "This key is disabled. Its page in the portal says who can enable it.",
    remedy: "Switch it on in the key's settings.",
  },
  KEY_EXPIRED: {
    when: "The key's expiry has passed.",
    message: "This key has expired. Its project can extend it or make another.",
    remedy: "Move the expiry in the key's settings, or make another key.",
  },
  KEY_ROTATED: {
    when: "This secret was replaced, and the overlap in which it still worked is over.",
    message: "This secret was replaced and its overlap is over: use the key's new secret.",
    remedy: "Put the new secret where the old one is still used.",
  },
  PROJECT_SUSPENDED: {
    when: "An administrator suspended the key's project.",
    message: "An administrator suspended this key's project. Contact them.",
    remedy: "Ask an administrator why, and to resume it.",
  },
  API_NOT_ENABLED: {
    when: "The key's project has not enabled the API that was called.",
    message: "Enable the API “{api}” for this key's project.",
    remedy: "Enable the API on the project's APIs page; some need an administrator's approval.",
  },
  API_NOT_ALLOWED: {
    when: "The key's list of APIs leaves out the one that was called.",
    message: "Add the API “{api}” to this key's restrictions, or use another key.",
    remedy: "Add the API to the key's restrictions, or use a key that is for it.",
  },
  OPERATION_NOT_ALLOWED: {
    when: "The key's list of operations leaves out the one that was called, or none was named.",
    message: "Add the operation “{operation}” to this key's restrictions.",
    or: {
      missing:
        "This key is restricted to single operations, and the service did not say which one is being called.",
      notFound:
        "This key is restricted to single operations, and the API's document has none for {method} {path}.",
    },
    remedy:
      "Add the operation, or a prefix such as `badges.*`, to the key's restrictions. Where none was named, the service has to send `operation`, or `method` and `path` that the API's OpenAPI document knows.",
  },
  CLIENT_IP_UNKNOWN: {
    when: "The key is restricted to addresses, and the service sent none that can be read.",
    message:
      "This key is restricted to addresses, and the service sent “{clientIp}”, which is none: it has to send the caller's address as clientIp.",
    or: {
      missing:
        "This key is restricted to addresses, and the service did not say where the call came from: it has to send clientIp.",
    },
    remedy:
      "The service has to send the caller's address as `clientIp`; behind a proxy, the one that the proxy saw.",
  },
  IP_NOT_ALLOWED: {
    when: "The caller's address is in none of the key's networks.",
    message:
      "Add the address {clientIp} to this key's restrictions, or call from an address that is allowed.",
    remedy: "Add the address, or the network that it is in, to the key's restrictions.",
  },
  REFERRER_NOT_ALLOWED: {
    when: "The page that called is on none of the key's sites, or the call did not say which page it came from.",
    message: "Add the site of “{page}” to this key's restrictions, or call from a page that is allowed.",
    or: {
      missing:
        "This key is restricted to websites, and the call did not say which page it came from: it needs a Referer or Origin header.",
      unreadable: "“{page}” names no page: the call needs the Referer or Origin header that a browser sends.",
      disagreeing:
        "The Referer “{referrer}” and the Origin “{origin}” name different sites: pass both on as the browser sent them.",
      opaqueOrigin:
        "The browser sent “Origin: null” with the Referer “{referrer}”: the page is sandboxed, or the call was redirected from another site. Call the API directly, and give a sandboxed frame allow-same-origin.",
    },
    remedy:
      "Add the site to the key's restrictions. Where no page was named, send a `Referer` or `Origin`: a `Referrer-Policy: no-referrer` removes both. A server needs a key restricted to addresses instead.",
  },
  APP_NOT_ALLOWED: {
    when: "The app that called is none of the key's apps, or the call did not say which app it came from.",
    message: "Add the app “{app}” to this key's restrictions, or use another key.",
    or: {
      missing:
        "This key is restricted to apps, and the call did not say which app it came from: it needs X-Android-Package and X-Android-Cert, or X-Ios-Bundle-Identifier.",
      incomplete:
        "An Android app needs both X-Android-Package and X-Android-Cert, which is the SHA-1 of its certificate: one of them did not come, or can't be read.",
    },
    remedy:
      "Add the app to the key's restrictions: on Android the package with the certificate's SHA-1, on iOS the bundle id. The app has to send them as headers.",
  },
  RATE_LIMITED: {
    when: "The key or its project is over its rate.",
    message:
      "The {limitOf} may use {limit} units in {windowSeconds} seconds, and has: wait as long as retryAfterMs says.",
    or: {
      never:
        "This call costs {cost} units, and the {limitOf} may use {limit} in {windowSeconds} seconds: it can never pass.",
    },
    remedy:
      "Wait as long as `retryAfterMs` says, and slow down. If the rate is too low, a developer of the project can raise the key's, an owner the project's.",
  },
  QUOTA_EXCEEDED: {
    when: "The key or its project has used up its quota.",
    message:
      "The {limitOf}'s quota of {limit} units a {period} is used up until the next {period} begins, in UTC.",
    or: {
      never:
        "This call costs {cost} units, and the {limitOf}'s quota is {limit} a {period}: it can never pass.",
    },
    remedy:
      "Wait for the next period, or have the quota raised: the key's by a developer of the project, the project's by an owner.",
  },
};

/** The verdict's sentence for what was observed; `variant` is one of the code's other sentences. */
export function messageOf(code: DenialCode, observed: Record<string, string>, variant?: string): string {
  const { message, or } = DENIALS[code];
  const words = (variant && or?.[variant]) ?? message;
  const facts: Record<string, string | undefined> = {
    ...observed,
    page: observed.referrer ?? observed.origin,
    app: observed.androidPackage ?? observed.iosBundleId,
  };
  return words.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? "");
}
