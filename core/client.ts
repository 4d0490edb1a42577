import { sanitize, sanitizeUrl } from "./sanitize.ts";

/** The caller's properties as the service sent them (docs/integrate/verify-keys.md); null for each that is missing. */
export interface Client {
  clientIp: string | null;
  referrer: string | null;
  origin: string | null;
  androidPackage: string | null;
  androidCertSha1: string | null;
  iosBundleId: string | null;
}

/** A caller about which the service sent nothing. */
export const NO_CLIENT: Client = {
  clientIp: null,
  referrer: null,
  origin: null,
  androidPackage: null,
  androidCertSha1: null,
  iosBundleId: null,
};

/** Whether two callers have the same properties. */
export function isSameClient(a: Client, b: Client): boolean {
  return (
    a.clientIp === b.clientIp &&
    a.referrer === b.referrer &&
    a.origin === b.origin &&
    a.androidPackage === b.androidPackage &&
    a.androidCertSha1 === b.androidCertSha1 &&
    a.iosBundleId === b.iosBundleId
  );
}

/** Longest stored value, characters. */
const MAX_FIELD_LENGTH = 300;

/** The caller's properties in a form that is safe to store: redacted and truncated. */
export function sanitizeClient(client: Client): Client {
  const kept = (text: string | null) => text && sanitize(text, MAX_FIELD_LENGTH);
  const keptUrl = (text: string | null) => text && sanitizeUrl(text, MAX_FIELD_LENGTH);
  return {
    clientIp: kept(client.clientIp),
    referrer: keptUrl(client.referrer),
    origin: keptUrl(client.origin),
    androidPackage: kept(client.androidPackage),
    androidCertSha1: kept(client.androidCertSha1),
    iosBundleId: kept(client.iosBundleId),
  };
}
