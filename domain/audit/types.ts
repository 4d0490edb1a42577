import type { Page } from "../fields.ts";

export interface AuditRecord {
  id: string;
  at: string;
  /** `id` is null for Latchkey itself and for people who had not signed in. */
  actor: { id: string | null; name: string };
  /** How the actor came: `session`, `token`, `cli`, `link`, `visitor` or `system`. */
  via: string;
  /** The IP address; null if there was none, or the caller may not see it. */
  address: string | null;
  /** `noun.verb-in-the-past`, as in `key.revoked`. */
  action: string;
  projectId: string | null;
  subject: { id: string; name: string };
  /** The fields that changed, and only those. */
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

export type AuditPage = Page<AuditRecord>;
