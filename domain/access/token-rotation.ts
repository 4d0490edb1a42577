import { iso, isoOrNull } from "#core/time.ts";
import { generateToken, hashToken, hintOf, type TokenKind } from "#core/tokens.ts";
import { DomainError, requireFuture } from "../errors.ts";

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

interface RotationInput {
  /** How long the current secret still works. */
  overlapSeconds: number;
  /** Whether an older secret that is still in its overlap ends now. */
  endOlder?: boolean | undefined;
}

interface NextSecret extends RotationInput {
  hash: string;
  hint: string;
  expiresAt: number | null;
}

/** A rotated token: the new token, the columns to write, and the change for the audit log. */
interface RotatedToken {
  token: string;
  secrets: TokenSecrets;
  audit: Record<"before" | "after", Record<string, unknown>>;
}

/** An older secret that still works, as the API shows it. */
export interface OlderSecret {
  hint: string;
  lapsesAt: string;
  /** The last use since the rotation; null for none. */
  lastUsedAt: string | null;
}

/**
 * When a token expires after a rotation (epoch ms): as given, or as before if nothing is given. Throws `invalid` for a
 * time in the past, and `conflict` for an expired token without a new expiry. `noun`: what the message calls the token.
 */
export function expiryAfterRotation(
  row: Pick<TokenSecrets, "expiresAt">,
  given: number | null | undefined,
  noun: string,
  nowMs: number,
): number | null {
  requireFuture("expiresAt", given, nowMs);
  const expiresAt = given === undefined ? row.expiresAt : given;
  if (expiresAt !== null && expiresAt <= nowMs) {
    throw new DomainError("conflict", `This ${noun} has expired. Rotate it with a new expiry.`);
  }
  return expiresAt;
}

/**
 * Generates the next token of a row. Throws `conflict` with the problem `OVERLAP_RUNNING` while an older one still works,
 * unless `endOlder` is true.
 */
export function rotateTokenRow(
  row: TokenSecrets,
  format: { keyPrefix: string; kind: TokenKind },
  { expiresAt, overlapSeconds, endOlder }: RotationInput & { expiresAt: number | null },
  nowMs: number,
): RotatedToken {
  const token = generateToken(format.keyPrefix, format.kind);
  const hint = hintOf(token);
  const next = { hash: hashToken(token), hint, expiresAt, overlapSeconds, endOlder };
  const secrets = rotateSecrets(row, next, nowMs);
  const after = {
    hint,
    expiresAt: isoOrNull(expiresAt),
    olderLapsesAt: isoOrNull(secrets.olderEndsAt),
  };
  return {
    token,
    secrets,
    audit: { before: { hint: row.hint, expiresAt: isoOrNull(row.expiresAt) }, after },
  };
}

/**
 * The secrets after a rotation. The current one keeps working for the overlap, but never longer than until its own
 * expiry. Throws `conflict` with the problem `OVERLAP_RUNNING` while an older one still works, unless `endOlder` is
 * true: at most two secrets work at a time.
 */
function rotateSecrets(current: TokenSecrets, next: NextSecret, nowMs: number): TokenSecrets {
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
