import { readAndroidApp, readIosApp } from "#core/restrictions/apps.ts";
import { readIp } from "#core/restrictions/ips.ts";
import type { FaultCode, NoticeCode } from "#core/restrictions/messages.ts";
import type { Reading } from "#core/restrictions/reading.ts";
import { readReferrer } from "#core/restrictions/referrers.ts";

const SHA1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
const android = (text: string) => {
  const [name = "", sha1 = SHA1] = text.split("@");
  return readAndroidApp({ package: name, sha1 });
};
const ios = (bundleId: string) => readIosApp({ bundleId });

interface Example {
  entry: string;
  /** Null where the answer depends on the catalogue. */
  read: ((entry: string) => Reading<unknown>) | null;
}
const ip = (entry: string): Example => ({ entry, read: readIp });
const site = (entry: string): Example => ({ entry, read: readReferrer });
const inCatalogue = (entry: string): Example => ({ entry, read: null });

/** An entry that is refused with each code. */
export const FAULT_EXAMPLES: Record<FaultCode, Example> = {
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
  "app-package": { entry: "example", read: android },
  "app-sha1": { entry: "com.example.app@da39", read: android },
  "app-bundle-id": { entry: "com example", read: ios },
  "api-unknown": inCatalogue("an API that is not enabled"),
  "operation-empty": inCatalogue("a blank operation"),
  "operation-star": inCatalogue("badges.*.list"),
  "operation-unknown": inCatalogue("bagdes.*"),
};

/** An entry that is saved with each notice. */
export const NOTICE_EXAMPLES: Record<NoticeCode, Example> = {
  "ip-host-bits": ip("198.51.100.7/24"),
  "ip-mapped": ip("::ffff:198.51.100.7"),
  "ip-private": ip("10.0.0.0/8"),
  "referrer-query": site("example.com?utm=1"),
  "referrer-path": site("example.com/shop/*"),
  "referrer-home-only": site("example.com/"),
  "app-forgeable": { entry: "com.example.app", read: android },
};
