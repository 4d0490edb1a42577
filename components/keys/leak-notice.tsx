import Link from "next/link";
import type { LeakAction } from "#domain/access/policies/types.ts";
import type { Leak } from "#domain/keys/leaks/list.ts";
import type { KeyStatus } from "#domain/keys/schema.ts";
import { Notice } from "../ui/card.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { TEXT as TEXTS } from "./text.ts";

const TEXT = TEXTS.leak;

interface LeakNoticeProps {
  leaks: Leak[];
  /** The site's policy for leaked keys. */
  policy: LeakAction;
  status: KeyStatus;
  mayChange: boolean;
  secretsHref: string;
}

/** Where a secret was found in public, and what to do; shown until that secret has lapsed. */
export function LeakNotice({ leaks, policy, status, mayChange, secretsHref }: LeakNoticeProps) {
  const [latest, ...others] = leaks.filter(({ alive }) => alive);
  if (!latest) return null;
  return (
    <Notice
      tone="bad"
      actions={
        mayChange && status !== "revoked" ? (
          <Link href={secretsHref} className="font-medium underline">
            {TEXT.rotateOrRevoke}
          </Link>
        ) : undefined
      }
    >
      {TEXT.found} <RelativeTime at={latest.time} />
      {latest.url ? (
        <>
          {" "}
          {TEXT.at} <span className="font-mono wrap-anywhere">{latest.url}</span>
        </>
      ) : null}
      {others.length > 0 ? TEXT.others(others.length) : null}.{" "}
      {status === "revoked" && policy === "disable" ? TEXT.comesBackDisabled : TEXT.danger[status]}
    </Notice>
  );
}
