import type { LeakAction } from "#domain/access/policies/schema.ts";
import type { Leak } from "#domain/keys/leaks/schema.ts";
import type { KeyStatus } from "#domain/keys/schema.ts";
import { Alert } from "../ui/card.tsx";
import { Link } from "../ui/link.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { keysText } from "./text.ts";

const text = keysText.leak;

interface LeakAlertProps {
  leaks: Leak[];
  /** The site's policy for leaked keys. */
  policy: LeakAction;
  status: KeyStatus;
  mayChange: boolean;
  secretsHref: string;
}

/** Where a secret was found in public, and what to do; shown until that secret has lapsed. */
export function LeakAlert({ leaks, policy, status, mayChange, secretsHref }: LeakAlertProps) {
  const [latest, ...others] = leaks.filter(({ alive }) => alive);
  if (!latest) return null;
  return (
    <Alert
      tone="bad"
      actions={
        mayChange && status !== "revoked" ? (
          <Link href={secretsHref} className="font-medium underline">
            {text.rotateOrRevoke}
          </Link>
        ) : undefined
      }
    >
      {text.found} <RelativeTime at={latest.time} />
      {latest.url ? (
        <>
          {" "}
          {text.at} <span className="font-mono wrap-anywhere">{latest.url}</span>
        </>
      ) : null}
      {others.length > 0 ? text.others(others.length) : null}.{" "}
      {status === "revoked" && policy === "disable" ? text.comesBackDisabled : text.danger[status]}
    </Alert>
  );
}
