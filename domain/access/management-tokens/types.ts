import type { ManagementScope } from "#core/scopes.ts";
import type { Page } from "../../fields.ts";

export interface ManagementToken {
  id: string;
  name: string;
  hint: string;
  /** What it may do of what its user may. */
  scopes: ManagementScope[];
  createdAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

/** A management token and the string that scripts send, shown this once. */
export interface ManagementTokenWithToken {
  managementToken: ManagementToken;
  token: string;
}

export type ManagementTokenPage = Page<ManagementToken>;
