import { iso, isoOrNull } from "#core/time.ts";
import { DomainError } from "../errors.ts";

/** The secrets of a management or service token: the current one, and an older one after a rotation. */
export interface TokenSecrets {
  hash: string;
  hint: string;
  /** The secret before the last rotation; null if the token was never rotated. */
  olderHash: string | null;
  olderHint: string | null;
  /** When the older secret stops working, epoch ms. */
  olderEndsAt: number | null;
  /** The last use of the older secret since the rotation, epoch ms; null for none. */
  olderUsedAt: number | null;
  /** When the current secret stops working, epoch ms; null for never. */
  expiresAt: number | null;
}

interface NextSecret {
  hash: string;
  hint: string;
  expiresAt: number | null;
  /** How long the current secret still works. */
  overlapSeconds: number;
  /** Whether an older secret that is still in its overlap ends now. */
  endOlder?: boolean | undefined;
}

/** An older secret that still works, as the API shows it. */
export interface OlderSecret {
  hint: string;
  lapsesAt: string;
  /** The last use since the rotation; null for none. */
  lastUsedAt: string | null;
}

/**
 * The secrets after a rotation. The current one keeps working for the overlap, but never longer than until its own
 * expiry. Throws `conflict` with the problem `OVERLAP_RUNNING` while an older one still works, unless `endOlder` is
 * true: at most two secrets work at a time.
 */
export function rotateSecrets(current: TokenSecrets, next: NextSecret, nowMs: number): TokenSecrets {
  const older = olderSecretOf(current, nowMs);
  if (older !== null && !next.endOlder) throw overlapRunning(older.hint);
  const end = nowMs + next.overlapSeconds * 1000;
  return {
    hash: next.hash,
    hint: next.hint,
    expiresAt: next.expiresAt,
    olderHash: current.hash,
    olderHint: current.hint,
    olderEndsAt: current.expiresAt === null ? end : Math.min(end, current.expiresAt),
    olderUsedAt: null,
  };
}

/** The older secret if it still works, otherwise null. */
export function olderSecretOf(
  { olderHint, olderEndsAt, olderUsedAt }: Pick<TokenSecrets, "olderHint" | "olderEndsAt" | "olderUsedAt">,
  nowMs: number,
): OlderSecret | null {
  if (olderEndsAt === null || olderEndsAt <= nowMs) return null;
  return { hint: olderHint ?? "", lapsesAt: iso(olderEndsAt), lastUsedAt: isoOrNull(olderUsedAt) };
}

/** When the secret with this hash stops working, epoch ms; null for never. A hash of neither secret never worked. */
export function endOfSecret(
  {
    hash,
    olderHash,
    olderEndsAt,
    expiresAt,
  }: Pick<TokenSecrets, "hash" | "olderHash" | "olderEndsAt" | "expiresAt">,
  given: string,
): number | null {
  if (given === hash) return expiresAt;
  return given === olderHash ? (olderEndsAt ?? 0) : 0;
}

/** Whether the secret with this hint works: a leaked secret is harmless after its overlap. */
export function isWorkingHint(
  token: Pick<TokenSecrets, "hint" | "expiresAt" | "olderHint" | "olderEndsAt">,
  hint: unknown,
  nowMs: number,
): boolean {
  const isCurrent = hint === token.hint && (token.expiresAt === null || nowMs < token.expiresAt);
  return isCurrent || hint === olderSecretOf({ ...token, olderUsedAt: null }, nowMs)?.hint;
}

/** Uses are noted for display: one write per minute is precise enough, even for busy scripts. */
const NOTE_USE_EVERY_MS = 60_000;

/** Whether to note a use at `nowMs`, given the last noted use. */
export function isUseDue(notedAt: number | null, nowMs: number): boolean {
  return notedAt === null || nowMs - notedAt >= NOTE_USE_EVERY_MS;
}

function overlapRunning(hint: string): DomainError {
  return new DomainError(
    "conflict",
    `The older secret ${hint} is still in its overlap, and a token has at most two secrets. Nothing was changed. To end the older secret now, rotate with endOlder set to true.`,
    { problem: "OVERLAP_RUNNING" },
  );
}
