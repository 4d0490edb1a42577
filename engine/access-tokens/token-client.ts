import type { Client } from "#core/client.ts";

/** The caller of a token endpoint. `header` returns a header of its request. */
export function tokenClient(
  clientIp: string | null,
  header: (name: string) => string | undefined | null,
): Client {
  return {
    clientIp,
    referrer: header("referer") || null,
    origin: header("origin") || null,
    androidPackage: header("x-android-package") || null,
    androidCertSha1: header("x-android-cert") || null,
    iosBundleId: header("x-ios-bundle-identifier") || null,
  };
}
