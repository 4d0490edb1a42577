import Link from "next/link";
import type { LeakedToken } from "#domain/keys/leaks/list-tokens.ts";
import { Notice } from "../ui/card.tsx";
import { RelativeTime } from "../ui/time.tsx";

interface LeakedTokensProps {
  tokens: LeakedToken[];
  /** Who reads this. */
  userId: string;
}

/** Above every page until they are revoked: tokens that were found in public, where, and the way out. */
export function LeakedTokens({ tokens, userId }: LeakedTokensProps) {
  if (tokens.length === 0) return null;
  return (
    <div className="mb-6 grid gap-2">
      {tokens.map((token) => (
        <Notice key={token.id} tone="bad" actions={wayOut(token, userId)}>
          {titleOf(token, userId)} <span className="font-medium">{token.name}</span>{" "}
          <span className="font-mono">{token.hint}</span> was found in public <RelativeTime at={token.time} />
          {token.url ? (
            <>
              {" "}
              at <span className="font-mono wrap-anywhere">{token.url}</span>
            </>
          ) : null}
          . It still works: whoever has it can use it.
        </Notice>
      ))}
    </div>
  );
}

function titleOf({ kind, owner }: LeakedToken, userId: string): string {
  if (kind === "serviceToken" || owner === null) return "The service token";
  return owner.id === userId ? "Your management token" : `The management token of ${owner.name},`;
}

/** Only its owner revokes a management token: an administrator can disable their account. */
function wayOut({ owner }: LeakedToken, userId: string) {
  const [href, words] =
    owner === null
      ? ["/admin/service-tokens", "Replace and revoke it"]
      : owner.id === userId
        ? ["/account", "Revoke it"]
        : ["/admin/users", "Users"];
  return (
    <Link href={href} className="font-medium underline">
      {words}
    </Link>
  );
}
