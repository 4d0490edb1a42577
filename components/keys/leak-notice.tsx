import Link from "next/link";
import type { LeakAction } from "#domain/access/policies/types.ts";
import type { Leak } from "#domain/keys/leaks/list.ts";
import type { KeyStatus } from "#domain/keys/types.ts";
import { Notice } from "../ui/card.tsx";
import { RelativeTime } from "../ui/time.tsx";

interface LeakNoticeProps {
  leaks: Leak[];
  /** What the site's rule does to such a key. */
  rule: LeakAction;
  status: KeyStatus;
  mayChange: boolean;
  secretsHref: string;
}

/** What a secret that leaked can do, which has not lapsed. */
const DANGER: Record<KeyStatus, string> = {
  active: "It still works: whoever has it can use it.",
  disabled: "It works again if the key is enabled: rotate the key with no overlap first.",
  expired: "It works again as soon as the key gets a later end: rotate the key with no overlap before.",
  revoked: "It works again if the key is restored: rotate the key with no overlap then.",
};

const COMES_BACK_OFF =
  "If the key is restored it comes back disabled. Rotate it then: that ends the leaked secret and enables the key.";

/** That a secret was found in public, where, and the way out: until that secret has lapsed. */
export function LeakNotice({ leaks, rule, status, mayChange, secretsHref }: LeakNoticeProps) {
  const [latest, ...others] = leaks.filter(({ alive }) => alive);
  if (!latest) return null;
  return (
    <Notice
      tone="bad"
      actions={
        mayChange && status !== "revoked" ? (
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
          at <span className="font-mono wrap-anywhere">{latest.url}</span>
        </>
      ) : null}
      {others.length > 0 ? `, and in ${others.length} other place${others.length === 1 ? "" : "s"}` : null}.{" "}
      {status === "revoked" && rule === "disable" ? COMES_BACK_OFF : DANGER[status]}
    </Notice>
  );
}
