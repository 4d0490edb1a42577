import type { Check } from "./verdict.ts";

/** No rule reads more of a text, and the body of a check is limited to 16 KiB. */
export const MAX_TEXT_LENGTH = 4_000;
const MAX_BODY_BYTES = 16 * 1_024;

/**
 * The body of a check, at most 16 KiB. Longer texts of a caller are cut; if that is not enough they are left
 * out, so that rules that need them deny.
 */
export function bodyOf(check: Check): string {
  const cut = (text: string | null | undefined) => text?.slice(0, MAX_TEXT_LENGTH);
  const fitting: Check = {
    ...check,
    key: cut(check.key),
    path: cut(check.path),
    referrer: cut(check.referrer),
    origin: cut(check.origin),
    clientIp: cut(check.clientIp),
    androidPackage: cut(check.androidPackage),
    androidCertSha1: cut(check.androidCertSha1),
    iosBundleId: cut(check.iosBundleId),
  };
  for (const field of ["iosBundleId", "androidCertSha1", "androidPackage", "origin", "referrer"] as const) {
    const body = JSON.stringify(fitting);
    if (fits(body)) return body;
    fitting[field] = undefined;
  }
  const body = JSON.stringify(fitting);
  return fits(body) ? body : JSON.stringify({ ...fitting, path: "" });
}

function fits(body: string): boolean {
  // A character of a string is at most three bytes in UTF-8.
  return 3 * body.length <= MAX_BODY_BYTES || new TextEncoder().encode(body).length <= MAX_BODY_BYTES;
}
