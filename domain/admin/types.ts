import type { SiteRole } from "#db/tables/accounts.ts";
import type { DomainErrorCode } from "../errors.ts";
import type { Page, Person } from "../fields.ts";
import type { AdminKey } from "../keys/schema.ts";
import type { KeyTotal } from "./totals.ts";

export interface UserRecord extends Person {
  email: string;
  siteRole: SiteRole;
  createdAt: string;
  disabledAt: string | null;
  /** How many projects they belong to. */
  projects: number;
}

export type UserPage = Page<UserRecord>;

/** A running verifier and how fresh its knowledge is. */
export interface VerifierRecord {
  id: string;
  address: string;
  version: string;
  startedAt: string;
  lastSeenAt: string;
  /** Changes that it has not applied yet. */
  behind: number;
  /** Age of the oldest of these, ms; 0 when there is none. */
  behindMs: number;
}

export interface VerifierList {
  items: VerifierRecord[];
}

export type AdminKeyPage = Page<AdminKey>;

export interface RevokeKeysResult {
  /** Ids of the keys that are revoked now, also of those that were before. */
  revoked: string[];
  failed: { id: string; code: DomainErrorCode }[];
}

/** The site in figures. */
export interface SiteOverview {
  /** Accounts that can sign in. */
  users: number;
  projects: number;
  /** Of `projects`. */
  suspendedProjects: number;
  apis: number;
  /** Not revoked. */
  serviceTokens: number;
  /** Requests for an API that wait for an administrator. */
  pendingAccess: number;
  /** Keys of the projects that are not deleted, by what is counted. */
  keys: Record<KeyTotal, number>;
}
