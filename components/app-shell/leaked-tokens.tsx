import type { LeakedToken } from "#domain/keys/leaks/list-tokens.ts";
import { Alert } from "../ui/card.tsx";
import { Link } from "../ui/link.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { serverShellText } from "./server-text.ts";

const { leaked: text } = serverShellText;

interface LeakedTokensProps {
  tokens: LeakedToken[];
  /** The id of the reader. */
  userId: string;
}

/** Shown above every page until the tokens are revoked: leaked tokens, where they were found, and what to do. */
export function LeakedTokens({ tokens, userId }: LeakedTokensProps) {
  if (tokens.length === 0) return null;
  return (
    <div className="mb-6 grid gap-2">
      {tokens.map((token) => (
        <Alert key={token.id} tone="bad" actions={remedy(token, userId)}>
          {titleOf(token, userId)} <span className="font-medium">{token.name}</span>{" "}
          <span className="font-mono">{token.hint}</span>
          {text.found}
          <RelativeTime at={token.time} />
          {token.url ? (
            <>
              {text.at}
              <span className="font-mono wrap-anywhere">{token.url}</span>
            </>
          ) : null}
          {text.works}
        </Alert>
      ))}
    </div>
  );
}

function titleOf({ kind, owner, project }: LeakedToken, userId: string): string {
  if (project !== null) return text.tokenOf(project.name);
  if (kind === "scimToken") return text.scimToken;
  if (kind === "serviceToken" || owner === null) return text.serviceToken;
  return owner.id === userId ? text.ownToken : text.tokenOf(owner.name);
}

/** Where the reader can revoke the token; an administrator can also disable the account of its user. */
function remedy(token: LeakedToken, userId: string) {
  const [href, words] = remedyOf(token, userId);
  return (
    <Link href={href} className="font-medium underline">
      {words}
    </Link>
  );
}

function remedyOf({ kind, owner, project }: LeakedToken, userId: string): [href: string, words: string] {
  if (project !== null) return [`/projects/${project.id}/tokens`, text.revoke];
  if (kind === "scimToken") return ["/admin/provisioning", text.replace];
  if (kind === "serviceToken" || owner === null) return ["/admin/service-tokens", text.replace];
  return owner.id === userId ? ["/account", text.revoke] : ["/admin/users", text.users];
}
