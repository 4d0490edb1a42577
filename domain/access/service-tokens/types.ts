import type { Page, Person } from "../../fields.ts";

export interface ServiceToken {
  id: string;
  name: string;
  /** Slug of the one API it may ask about; null for all. */
  api: string | null;
  trustedProxies: string[];
  hint: string;
  createdAt: string;
  createdBy: Person;
  revokedAt: string | null;
}

/** A service token and what to configure in the service, shown this once. */
export interface ServiceTokenWithToken {
  serviceToken: ServiceToken;
  token: string;
}

export type ServiceTokenPage = Page<ServiceToken>;
