import { sanitize, sanitizeUrl } from "./sanitize.ts";

/** What the asking service says of the caller (contract, section 3): as it came, or null where it said nothing. */
export interface Client {
  clientIp: string | null;
  referrer: string | null;
  origin: string | null;
  androidPackage: string | null;
  androidCertSha1: string | null;
  iosBundleId: string | null;
}

/** Nothing was said of the caller. */
export const NO_CLIENT: Client = {
  clientIp: null,
  referrer: null,
  origin: null,
  androidPackage: null,
  androidCertSha1: null,
  iosBundleId: null,
};

/** Of each of a client's facts, this much is kept. */
const MAX_FIELD_LENGTH = 300;

/** What was said of the caller, as it may be kept. */
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
