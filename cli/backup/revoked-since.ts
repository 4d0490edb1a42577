import type { Target } from "./target.ts";

/** Credentials of one kind that the old state of a database had ended after a moment. */
export interface RevokedSince {
  what: string;
  count: number;
  /** The ids of some. */
  examples: string[];
}

const MAX_EXAMPLES = 10;

const KINDS = [
  ["keys", "keys", "revoked_at"],
  ["older secrets of keys", "secrets", "overlap_ends_at"],
  ["service tokens", "service_tokens", "revoked_at"],
  ["management tokens", "management_tokens", "revoked_at"],
  ["accounts", "users", "disabled_at"],
  ["invitations (accepted)", "invitations", "accepted_at"],
  ["invitations (withdrawn)", "invitations", "withdrawn_at"],
] as const;

/** What a restore to the state of `takenAt` (epoch ms) brings back. */
export async function revokedSince(target: Target, takenAt: number): Promise<RevokedSince[]> {
  const found: RevokedSince[] = [];
  for (const [what, table, column] of KINDS) {
    const ended = `from "${table}" where "${column}" > ${Math.trunc(takenAt)} and "${column}" <= ${Date.now()} and "created_at" <= ${Math.trunc(takenAt)}`;
    const [count] = await target.select(`select count(*) ${ended}`);
    if (Number(count) === 0) continue;
    const examples = await target.select(`select "id" ${ended} order by "id" limit ${MAX_EXAMPLES}`);
    found.push({ what, count: Number(count), examples: examples.map(String) });
  }
  return found;
}
