import { DEFAULT_SCOPES, type ManagementScope, MEMBERS_WRITE } from "#core/scopes.ts";
import { DAY_MS } from "#core/time.ts";
import { StatusDot } from "../ui/badge.tsx";
import { uiText } from "../ui/text.ts";
import { RelativeTime } from "../ui/time.tsx";
import { tokensText } from "./text.ts";

const { access: text, expiry, older, status } = tokensText;
/** Within this time, an expiry needs attention. */
const SOON_MS = 14 * DAY_MS;

interface TokenAccessProps {
  scopes: ManagementScope[];
  allowedIps: string[];
  /** The scopes of a token that was not narrowed, and how to call them. Default: those of a user's token. */
  full?: { scopes: readonly ManagementScope[]; label: string };
}

const FULL = { scopes: DEFAULT_SCOPES, label: text.full };

/** What a management token may do. */
export function TokenAccess({ scopes, allowedIps, full = FULL }: TokenAccessProps) {
  const isFull = full.scopes.every((scope) => scopes.includes(scope));
  return (
    <div>
      {isFull ? (
        <div>{full.label}</div>
      ) : (
        <div className="font-mono text-sm wrap-anywhere">{scopes.join(", ") || text.none}</div>
      )}
      {isFull && scopes.includes(MEMBERS_WRITE) ? (
        <div className="text-sm text-muted">{text.members}</div>
      ) : null}
      {allowedIps.length > 0 ? (
        <div className="text-sm text-muted">
          {text.from} <span className="font-mono wrap-anywhere">{allowedIps.join(", ")}</span>
        </div>
      ) : null}
    </div>
  );
}

interface TokenExpiryProps {
  token: { expiresAt: string | null; older: { lapsesAt: string; lastUsedAt: string | null } | null };
  nowMs: number;
  /** No expiry needs no attention. */
  optional?: boolean;
}

/** When a token stops working, and an older secret of it. */
export function TokenExpiry({ token: { expiresAt, older: olderSecret }, nowMs, optional }: TokenExpiryProps) {
  return (
    <div>
      <div>{expiryOf(expiresAt, nowMs, optional)}</div>
      {olderSecret ? (
        <div className="text-sm text-muted">
          {older.ends}
          <RelativeTime at={olderSecret.lapsesAt} />
          {olderSecret.lastUsedAt === null ? older.unused : older.used}
          {olderSecret.lastUsedAt === null ? null : <RelativeTime at={olderSecret.lastUsedAt} />}
        </div>
      ) : null}
    </div>
  );
}

function expiryOf(expiresAt: string | null, nowMs: number, optional = false) {
  if (expiresAt === null) {
    return <StatusDot tone={optional ? "good" : "attention"}>{expiry.none}</StatusDot>;
  }
  const leftMs = Date.parse(expiresAt) - nowMs;
  if (leftMs <= 0) {
    return (
      <StatusDot tone="bad" near={<RelativeTime at={expiresAt} />}>
        {expiry.expired}
      </StatusDot>
    );
  }
  return (
    <StatusDot tone={leftMs <= SOON_MS ? "attention" : "good"} near={<RelativeTime at={expiresAt} />}>
      {expiry.expires}
    </StatusDot>
  );
}

interface TokenStatusProps {
  token: TokenExpiryProps["token"] & { revokedAt: string | null };
  nowMs: number;
}

/** The status of a token that need not expire. */
export function TokenStatus({ token, nowMs }: TokenStatusProps) {
  if (token.revokedAt) {
    return (
      <StatusDot tone="inert" near={<RelativeTime at={token.revokedAt} />}>
        {status.revoked}
      </StatusDot>
    );
  }
  if (token.expiresAt || token.older) return <TokenExpiry token={token} nowMs={nowMs} optional />;
  return <StatusDot tone="good">{status.active}</StatusDot>;
}

/** When a token was last used, and from which IP address. */
export function TokenLastUse({ at, from }: { at: string | null; from: string | null }) {
  if (at === null) return uiText.never;
  return (
    <div>
      <RelativeTime at={at} />
      {from ? <div className="font-mono text-sm wrap-anywhere">{from}</div> : null}
    </div>
  );
}
