/** Why an entry can't be saved, and how to correct it. */
export const ENTRY_ERRORS = {
  "ip-empty": "Enter an IP address such as 198.51.100.7, or a network such as 198.51.100.0/24.",
  "ip-space": "An IP address has no spaces. Enter each address in its own row.",
  "ip-port": "Remove the port. Only the IP address is matched.",
  "ip-zone": "Remove the % and everything after it. Zones are local to one machine.",
  "ip-star": "Use a network with a prefix length instead of a star: 198.51.100.0/24.",
  "ip-range": "Enter a range as one or more networks, such as 198.51.100.0/24.",
  "ip-name": "Enter an IP address instead of a host name. Names are not resolved.",
  "ip-short": "Write the IPv4 address in full, as four decimal numbers without leading zeros: 198.51.100.7.",
  "ip-unreadable":
    "This is not an IPv4 or IPv6 address. Enter 198.51.100.7, 198.51.100.0/24 or 2001:db8::/32.",
  "prefix-everything": "This matches every IP address. To allow all of them, leave the list empty.",
  "prefix-unreadable": "After the slash, enter a whole number without leading zeros: 198.51.100.0/24.",
  "prefix-too-long": "The prefix is too long: at most /32 for IPv4 and /128 for IPv6.",
  "prefix-mixed":
    "This network is partly IPv4 and partly IPv6. Enter the IPv4 network as IPv4: 198.51.100.0/24.",
  "referrer-empty": "Enter a website such as example.com, or *.example.com for its subdomains.",
  "referrer-space": "A website has no spaces and no control characters. Enter each website in its own row.",
  "referrer-long": "A website has at most 2,000 characters. Shorten it to a prefix: example.com/shop/*.",
  "referrer-everything": "This matches every website. To allow all of them, leave the list empty.",
  "referrer-backslash": "Use / instead of \\.",
  "referrer-user-info": "Remove the user name and password before the @.",
  "referrer-scheme": "Enter the whole scheme, such as https://example.com, or none for http and https.",
  "referrer-file": "Pages opened from files send no referrer, so they can't be matched.",
  "referrer-host": "This is not a host name. Enter a website such as example.com.",
  "referrer-star":
    "A star is only allowed as *. at the beginning, for subdomains, or at the end of the path.",
  "referrer-star-address": "An IP address has no subdomains. Remove the star.",
  "referrer-public-suffix": "Anyone can register a website there. Enter your own domain: *.example.com.",
  "referrer-port": "After the colon, enter a port from 0 to 65535, or * for any: localhost:*.",
  "referrer-path-star": "A star in the path is only allowed at the end: example.com/shop/*.",
  "referrer-dot-segments":
    "Remove . and .. segments from the path. Browsers resolve them before they send it.",
  "app-package": "This is not an Android package name. Enter it as in the manifest: com.example.app.",
  "app-sha1":
    "Enter the certificate's SHA-1 as 40 hexadecimal digits, with or without colons, as keytool prints it.",
  "app-bundle-id": "This is not a bundle id. Enter it as in Xcode: com.example.app.",
  "api-unknown": "The project has not enabled this API. Enable it first, or the key can't call it.",
  "operation-empty": "Enter an operation, or leave the list empty for all of them.",
  "operation-space": "An operation has no spaces. Enter each operation in its own row.",
  "operation-star": "A star is only allowed at the end of an operation: badges.*.",
  "operation-unknown": "The API has no matching operation.",
  "scope-empty": "Enter a scope, or leave the list empty for all of them.",
  "scope-name": "A scope has no spaces and no quotes. Enter each scope in its own row: badges:read.",
  "scope-none": "The API declares no scopes, so a key can't be limited to some.",
  "scope-unknown": "The API declares no such scope.",
  "scope-differs": "List this API once: several entries for it must have the same scopes.",
} as const;
export type EntryErrorCode = keyof typeof ENTRY_ERRORS;

/** Remarks on valid entries. */
export const NOTICES = {
  "invisible-removed": "Invisible characters were removed from the entry.",
  "ip-host-bits": "The bits after the prefix were cleared. The whole network is allowed.",
  "ip-mapped": "Saved as IPv4, because this is an IPv4-mapped address.",
  "ip-private": "This is a private IP address. It only matches callers in the same network as the service.",
  "referrer-query": "The query and the fragment were removed. Referrers are matched without them.",
  "referrer-path":
    "Browsers send only the origin to another site unless the page's Referrer-Policy says otherwise. An entry with a path may deny its own pages.",
  "referrer-home-only": "This allows only the home page. Remove the / to allow every page of the website.",
  "app-forgeable": "Requests can forge the app they come from. This deters misuse but does not prevent it.",
} as const;
export type NoticeCode = keyof typeof NOTICES;

interface SetError {
  message: string;
  /** When the error is returned, and how to fix it, for the documentation. */
  when: string;
  remedy: string;
}

/** Why a whole set can't be saved or tested. */
export const SET_ERRORS = {
  entries: {
    message: "The restrictions have invalid entries.",
    when: "An entry is invalid. `errors` has the path and the message of each.",
    remedy: "Correct the entry as its message says. See the list above.",
  },
  "too-many": {
    message: "At most 1,000 entries in all.",
    when: "A set has too many entries. Each operation of an API counts as one.",
    remedy: "Use networks instead of addresses, `*.example.com` for subdomains, `badges.*` for operations.",
  },
  "too-large": {
    message:
      "The restrictions have {size} bytes as JSON, together with the report-only ones; a key may have {max}. Use networks instead of addresses, *.example.com for subdomains, example.com/shop/* for paths.",
    when: "Both sets of a key together are larger than the [bound](../operate/bounds.md). A change that makes a set smaller is always saved.",
    remedy: "Shorten the entries, or divide the callers between several keys.",
  },
  policy: {
    message:
      "A policy requires that live keys are restricted to IP addresses, websites or apps. Add at least one, or create a test key.",
    when: "An administrator enabled this policy, and a live key would have none of the three.",
    remedy: "Add an entry of one of these kinds. A restriction to APIs alone is not enough.",
  },
  "call-shape": {
    message: "The request has invalid fields.",
    when: "The tester got a request that no service could send. `errors` says what is wrong.",
    remedy: "Use the fields of a verification request.",
  },
  "call-by": {
    message: "Send method and path together.",
    when: "A tested or real request has only one of the two.",
    remedy: "Send the other as well, or `operation` instead of both.",
  },
  "call-api": {
    message: "There is no API “{api}”.",
    when: "The tester got a name that is not the short name of an API.",
    remedy: "Use the API's short name.",
  },
  stored: {
    message: "The key's restrictions can't be read, so its requests get no verdict. Save them again.",
    when: "The set was saved by a newer version of the portal, or by hand.",
    remedy: "Save the key's restrictions again.",
  },
} as const satisfies Record<string, SetError>;
