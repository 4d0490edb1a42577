import type { z } from "zod";
import { readAndroidApp, readIosApp } from "#core/restrictions/apps.ts";
import { readIp } from "#core/restrictions/ips.ts";
import { MAX_REFERRER_LENGTH } from "#core/restrictions/kinds.ts";
import type { EntryErrorCode, NoticeCode } from "#core/restrictions/messages.ts";
import { invalidEntry, type ParsedEntry } from "#core/restrictions/parsed-entry.ts";
import { readReferrer } from "#core/restrictions/referrers.ts";
import type { KnownApi } from "#domain/keys/restrictions/known-apis.ts";
import { readApiEntry } from "#domain/keys/restrictions/read-api.ts";
import type { restrictionsInputSchema } from "#domain/keys/restrictions/schema.ts";

const SHA1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
interface Example {
  /** The entry as shown on the page. */
  entry: string;
  parsed: ParsedEntry<unknown>;
  /** A set that contains the entry, to save. */
  set: z.input<typeof restrictionsInputSchema>;
  /** A description of an entry that can't be shown. */
  inWords?: boolean;
}
const ip = (entry: string): Example => ({ entry, parsed: readIp(entry), set: { ips: [entry] } });
const site = (entry: string): Example => ({
  entry,
  parsed: readReferrer(entry),
  set: { referrers: [entry] },
});
const android = (entry: string): Example => {
  const [name = "", sha1 = SHA1] = entry.split("@");
  const app = { package: name, sha1 };
  return { entry, parsed: readAndroidApp(app), set: { apps: { android: [app] } } };
};
const ios = (bundleId: string): Example => ({
  entry: bundleId,
  parsed: readIosApp({ bundleId }),
  set: { apps: { ios: [{ bundleId }] } },
});
const KNOWN: Record<string, KnownApi> = {
  badges: { operations: ["badges.list", "badges.sync"], scopes: ["badges:read"] },
  search: { operations: [], scopes: [] },
};
/** For a project that has enabled only the APIs `badges` and `search`. */
const api = (slug: string, operations: string[], scopes?: string[]): Example => {
  const entry = { api: slug, operations, scopes };
  const known = KNOWN[slug];
  return { entry: operations[0] ?? slug, parsed: readApiEntry(entry, known, []), set: { apis: [entry] } };
};
const inWords = (entry: string, example: Example): Example => ({ ...example, entry, inWords: true });

/** An entry that is rejected with each code. */
export const ERROR_EXAMPLES: Record<EntryErrorCode, Example> = {
  "ip-empty": ip(""),
  "ip-space": ip("198.51.100.7 198.51.100.8"),
  "ip-port": ip("198.51.100.7:443"),
  "ip-zone": ip("fe80::1%eth0"),
  "ip-star": ip("198.51.100.*"),
  "ip-range": ip("198.51.100.1-198.51.100.9"),
  "ip-name": ip("api.example.com"),
  "ip-short": ip("127.1"),
  "ip-unreadable": ip("198.51.100.7!"),
  "prefix-everything": ip("0.0.0.0/0"),
  "prefix-unreadable": ip("198.51.100.0/024"),
  "prefix-too-long": ip("198.51.100.0/33"),
  "prefix-mixed": ip("::ffff:198.51.100.0/64"),
  "referrer-empty": site(""),
  "referrer-space": site("exa mple.com"),
  "referrer-long": inWords("a longer one", site("a".repeat(MAX_REFERRER_LENGTH + 1))),
  "referrer-everything": site("*"),
  "referrer-backslash": site("example.com\\shop"),
  "referrer-user-info": site("https://ada:secret@example.com"),
  "referrer-scheme": site("*://example.com"),
  "referrer-file": site("file:///home"),
  "referrer-host": site("a..b"),
  "referrer-star": site("*example.com"),
  "referrer-star-address": site("*.198.51.100.7"),
  "referrer-public-suffix": site("*.co.uk"),
  "referrer-port": site("localhost:http"),
  "referrer-path-star": site("example.com/*/shop"),
  "referrer-dot-segments": site("example.com/a/../b"),
  "app-package": android("example"),
  "app-sha1": android("com.example.app@da39"),
  "app-bundle-id": ios("com example"),
  "api-unknown": inWords("an API that is not enabled", api("offers", [])),
  "operation-empty": inWords("a blank operation", api("badges", [" "])),
  "operation-space": api("badges", ["badges.list badges.sync"]),
  "operation-star": api("badges", ["badges.*.list"]),
  "operation-unknown": api("badges", ["bagdes.*"]),
  "scope-empty": inWords("a blank scope", api("badges", [], [" "])),
  "scope-name": { ...api("badges", [], ["badges:read badges:write"]), entry: "badges:read badges:write" },
  "scope-none": { ...api("search", [], ["search:read"]), entry: "search:read" },
  "scope-unknown": { ...api("badges", [], ["bagdes:read"]), entry: "bagdes:read" },
  "scope-differs": {
    ...api("badges", [], ["badges:read"]),
    parsed: invalidEntry("scope-differs"),
    entry: "two entries for `badges`, of which one has scopes",
    inWords: true,
    set: {
      apis: [
        { api: "badges", operations: ["badges.list"] },
        { api: "badges", operations: ["badges.sync"], scopes: ["badges:read"] },
      ],
    },
  },
};

/** An entry that is saved with each notice. */
export const NOTICE_EXAMPLES: Record<NoticeCode, Example> = {
  "invisible-removed": inWords("`198.51.100.7` with a zero-width space", ip("198.51.100.7\u200b")),
  "ip-host-bits": ip("198.51.100.7/24"),
  "ip-mapped": ip("::ffff:198.51.100.7"),
  "ip-private": ip("10.0.0.0/8"),
  "referrer-query": site("example.com?utm=1"),
  "referrer-path": site("example.com/shop/*"),
  "referrer-home-only": site("example.com/"),
  "app-forgeable": android("com.example.app"),
};
