/** Why an entry can't be saved, and how to write it. */
export const FAULTS = {
  "ip-empty": "Write an address such as 198.51.100.7, or a network such as 198.51.100.0/24.",
  "ip-space": "An address has no spaces. Put each address in a row of its own.",
  "ip-port": "Leave the port out: a restriction looks at the address alone.",
  "ip-zone": "Leave out the % and what is behind it: it means something on one machine only.",
  "ip-star": "Write a network with a prefix length instead of a star: 198.51.100.0/24.",
  "ip-range": "Write a range as one or more networks, such as 198.51.100.0/24.",
  "ip-name": "Write an address instead of a name: names are not looked up.",
  "ip-short": "Write the IPv4 address in full, as four decimal numbers without leading zeros: 198.51.100.7.",
  "ip-unreadable": "This is no IPv4 or IPv6 address. Write 198.51.100.7, 198.51.100.0/24 or 2001:db8::/32.",
  "prefix-everything": "This is every address there is. To allow all of them, leave the list empty.",
  "prefix-unreadable": "Behind the slash goes a whole number without leading zeros: 198.51.100.0/24.",
  "prefix-too-long": "The prefix is too long: at most /32 for IPv4 and /128 for IPv6.",
  "prefix-mixed":
    "This network is partly IPv4 and partly IPv6. Write the IPv4 network as IPv4: 198.51.100.0/24.",
  "referrer-empty": "Write a site such as example.com, or *.example.com for its subdomains.",
  "referrer-space": "A site has no spaces and no control characters. Put each site in a row of its own.",
  "referrer-long": "A site has at most 2,000 characters. Leave out what need not match: example.com/shop/*.",
  "referrer-everything": "This is every site there is. To allow all of them, leave the list empty.",
  "referrer-backslash": "Use / instead of \\.",
  "referrer-user-info": "Leave out the user name and password before the @.",
  "referrer-scheme":
    "Write the scheme out, such as https://example.com, or leave it away for http and https.",
  "referrer-file": "Pages opened from files send no referrer, so they can't be allowed by it.",
  "referrer-host": "This is no host name. Write a site such as example.com.",
  "referrer-star": "A star can only stand for subdomains, as *. at the beginning, or at the end of the path.",
  "referrer-star-address": "An address has no subdomains. Write it without the star.",
  "referrer-public-suffix": "Anybody can have a site there. Name your own: *.example.com.",
  "referrer-port": "Behind the colon goes a port from 0 to 65535, or * for any: localhost:*.",
  "referrer-path-star": "A star in the path can only be at its end: example.com/shop/*.",
  "referrer-dot-segments":
    "Write the path without . and .. segments: browsers resolve them before they send it.",
  "app-package": "This is no Android package name. Write it as in the manifest: com.example.app.",
  "app-sha1":
    "Write the certificate's SHA-1 as 40 hexadecimal digits, with or without colons, as keytool prints it.",
  "app-bundle-id": "This is no bundle id. Write it as in Xcode: com.example.app.",
  "api-unknown": "The project has not enabled this API. Enable it first: without, the key could not call it.",
  "operation-empty": "Name an operation, or leave the list empty for all of them.",
  "operation-space": "An operation has no spaces. Put each operation in a row of its own.",
  "operation-star": "A star can only be at the end of an operation: badges.*.",
  "operation-unknown": "The API has no operation that this matches.",
} as const;
export type FaultCode = keyof typeof FAULTS;

/** What to know about an entry that can be saved. */
export const NOTICES = {
  "invisible-removed": "Invisible characters were removed from the entry.",
  "ip-host-bits": "The part of the address behind the prefix was cleared: the whole network may call.",
  "ip-mapped": "Written as IPv4: that is what this address is.",
  "ip-private": "A private address: it matches only where callers reach the service from the same network.",
  "referrer-query": "The query and the fragment were left out: referrers are compared without them.",
  "referrer-path":
    "Browsers send only the origin to another site unless the page's Referrer-Policy says otherwise. A rule with a path may refuse its own pages.",
  "referrer-home-only":
    "Only the home page, not what is below it. Leave the / out to allow every page of the site.",
  "app-forgeable": "What an app says of itself can be forged: this deters, it does not prove.",
} as const;
export type NoticeCode = keyof typeof NOTICES;

interface SetFault {
  message: string;
  /** When it is given, and what to do, for the documentation. */
  when: string;
  remedy: string;
}

/** Why a whole set can't be saved, or not be tried on a call. */
export const SET_FAULTS = {
  entries: {
    message: "The restrictions can't be saved as they are.",
    when: "An entry can't be read. `errors` has the place and the message of each.",
    remedy: "Write the entry as its message says: see the list above.",
  },
  "too-many": {
    message: "At most 1,000 entries in all.",
    when: "A set is longer than any may be; each operation of an API counts as one.",
    remedy: "Write networks instead of addresses, `*.example.com` for subdomains, `badges.*` for operations.",
  },
  "too-large": {
    message:
      "The restrictions have {size} bytes as JSON, together with those on trial; a key may have {most}. Write networks instead of addresses, *.example.com for subdomains, example.com/shop/* for paths.",
    when: "Both sets of a key together are larger than the [bound](../operate/bounds.md). A set that only shrinks is saved.",
    remedy: "Shorten the entries, or divide the callers between several keys.",
  },
  policy: {
    message:
      "On this site a live key must be restricted to addresses, websites or apps. Add at least one, or make a test key.",
    when: "An administrator made this rule, and a live key would have none of the three.",
    remedy: "Add an entry of one of these kinds; a restriction to APIs alone is not enough.",
  },
  "call-shape": {
    message: "The call is not described as a check is.",
    when: "The tester was given a call that no service could ask about. `errors` says what is wrong.",
    remedy: "Describe it with the fields of a check.",
  },
  "call-by": {
    message: "Send method and path together.",
    when: "A call, tried or real, has one of the two.",
    remedy: "Send the other as well, or `operation` instead of both.",
  },
  "call-api": {
    message: "The catalogue has no API “{api}”.",
    when: "The tester was given another name than an API's.",
    remedy: "Use the API's short name, as the catalogue has it.",
  },
  stored: {
    message: "The key's restrictions can't be read, so that checks get no verdict. Save them anew.",
    when: "The set was not saved by this version of Latchkey, but by a newer one or by hand.",
    remedy: "Save the key's restrictions again.",
  },
} as const satisfies Record<string, SetFault>;
