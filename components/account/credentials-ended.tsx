import Link from "next/link";
import type { ActionResult } from "#domain/errors.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { Notice } from "../ui/card.tsx";
import { RelativeTime } from "../ui/time.tsx";

interface CredentialsEndedProps {
  /** ISO 8601. */
  at: string;
  email: string;
  confirm: () => Promise<ActionResult<unknown>>;
}

/** Above every page until it is confirmed: signing in through a provider ended what was there before. */
export function CredentialsEnded({ at, email, confirm }: CredentialsEndedProps) {
  return (
    <div className="mb-6">
      <Notice actions={<ActionButton action={confirm}>Got it</ActionButton>}>
        This account existed before you signed in through a provider, and nobody had verified that {email} is
        theirs. Its password, sessions, management tokens and open invitations were ended{" "}
        <RelativeTime at={at} />, because somebody else may have created them.{" "}
        <Link href="/projects" className="font-medium underline">
          Review your projects
        </Link>
        : their members, keys and webhooks are unchanged.
      </Notice>
    </div>
  );
}
