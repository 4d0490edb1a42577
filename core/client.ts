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
