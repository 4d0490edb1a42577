import type { Target } from "./target.ts";

/** Credentials of one kind that the old state of a database had ended after a moment. */
export interface RevokedSince {
  what: string;
  count: number;
  /** The ids of some, or those of their accounts. */
  examples: string[];
}

const MAX_EXAMPLES = 10;

interface Kind {
  what: string;
  table: string;
  /** The column with the moment when it ended. */
  ended: string;
  /** The column that names it. */
  name?: string;
}

/** What works or is there again after a restore, if it was ended after the backup. */
export const KINDS: readonly Kind[] = [
  { what: "keys", table: "keys", ended: "revoked_at" },
  { what: "older secrets of keys", table: "secrets", ended: "overlap_ends_at" },
  { what: "suspended projects", table: "projects", ended: "suspended_at" },
  { what: "deleted projects", table: "projects", ended: "deleted_at" },
  { what: "service tokens", table: "service_tokens", ended: "revoked_at" },
  { what: "older secrets of service tokens", table: "service_tokens", ended: "older_ends_at" },
  { what: "management tokens", table: "management_tokens", ended: "revoked_at" },
  { what: "older secrets of management tokens", table: "management_tokens", ended: "older_ends_at" },
  { what: "SCIM tokens", table: "scim_tokens", ended: "revoked_at" },
  { what: "older secrets of SCIM tokens", table: "scim_tokens", ended: "older_ends_at" },
  { what: "accounts", table: "users", ended: "disabled_at" },
  { what: "deleted accounts", table: "users", ended: "deleted_at" },
  { what: "used recovery codes of accounts", table: "recovery_codes", ended: "used_at", name: "user_id" },
  { what: "invitations (accepted)", table: "invitations", ended: "accepted_at" },
  { what: "invitations (withdrawn)", table: "invitations", ended: "withdrawn_at" },
  { what: "webhooks (disabled)", table: "webhooks", ended: "disabled_at" },
  { what: "webhooks (deleted)", table: "webhooks", ended: "deleted_at" },
];

/** What a restore to the state of `takenAt` (epoch ms) brings back. */
export async function revokedSince(target: Target, takenAt: number): Promise<RevokedSince[]> {
  const found: RevokedSince[] = [];
  for (const { what, table, ended, name = "id" } of KINDS) {
    const rows = `from "${table}" where "${ended}" > ${Math.trunc(takenAt)} and "${ended}" <= ${Date.now()} and "created_at" <= ${Math.trunc(takenAt)}`;
    const [count] = await target.select(`select count(*) ${rows}`);
    if (Number(count) === 0) continue;
    const examples = await target.select(
      `select distinct "${name}" ${rows} order by "${name}" limit ${MAX_EXAMPLES}`,
    );
    found.push({ what, count: Number(count), examples: examples.map(String) });
  }
  return found;
}
