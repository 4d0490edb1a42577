/** What a key may be used for and from where (contract, section 5). Empty lists restrict nothing. */
export interface Restrictions {
  ips: string[];
  referrers: string[];
  apps: { android: AndroidApp[]; ios: IosApp[] };
  apis: ApiRestriction[];
}

export interface AndroidApp {
  package: string;
  sha1: string;
}

export interface IosApp {
  bundleId: string;
}

/** An API that the key may call; no operations means all of them. */
export interface ApiRestriction {
  api: string;
  operations: string[];
}

export const NO_RESTRICTIONS: Restrictions = {
  ips: [],
  referrers: [],
  apps: { android: [], ios: [] },
  apis: [],
};
