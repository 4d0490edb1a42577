import Link from "next/link";
import type { Leak } from "#domain/leaks/list.ts";
import { Notice } from "../ui/card.tsx";
import { RelativeTime } from "../ui/time.tsx";

interface LeakNoticeProps {
  leaks: Leak[];
  mayChange: boolean;
  secretsHref: string;
}

/** That a secret which still works was found in public, where, and the way out. */
export function LeakNotice({ leaks, mayChange, secretsHref }: LeakNoticeProps) {
  const [latest, ...others] = leaks.filter(({ works }) => works);
  if (!latest) return null;
  return (
    <Notice
      tone="bad"
      actions={
        mayChange ? (
          <Link href={secretsHref} className="font-medium underline">
            Rotate or revoke it
          </Link>
        ) : undefined
      }
    >
      A secret of this key was found in public <RelativeTime at={latest.time} />
      {latest.url ? (
        <>
          {" "}
          at <span className="font-mono break-all">{latest.url}</span>
        </>
      ) : null}
      {others.length > 0 ? `, and in ${others.length} other place${others.length === 1 ? "" : "s"}` : null}.
      It still works: whoever has it can use it.
    </Notice>
  );
}
