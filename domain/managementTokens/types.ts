import type { Page } from "../types.ts";

export interface ManagementToken {
  id: string;
  name: string;
  hint: string;
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
