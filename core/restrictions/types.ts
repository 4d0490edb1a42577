/** What a key may call, and from which clients (docs/integrate/restrictions.md). An empty list restricts nothing. */
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

/** An API that the key may call. An empty list of operations allows all of them. */
export interface ApiRestriction {
  api: string;
  operations: string[];
  /** Scopes that the key has for the API. Absent or empty for all of them (docs/integrate/scopes.md). */
  scopes?: string[];
}

export const NO_RESTRICTIONS: Restrictions = {
  ips: [],
  referrers: [],
  apps: { android: [], ios: [] },
  apis: [],
};
