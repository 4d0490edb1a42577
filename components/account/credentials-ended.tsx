import type { ActionResult } from "#domain/errors.ts";
import { LazyActionButton } from "../forms/lazy-action-button.tsx";
import { Alert } from "../ui/card.tsx";
import { Link } from "../ui/link.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { accountText } from "./text.ts";

const { credentialsEnded: text } = accountText;

interface CredentialsEndedProps {
  /** ISO 8601. */
  at: string;
  email: string;
  confirm: () => Promise<ActionResult<unknown>>;
}

/** Shown above every page until confirmed, after a sign-in through a provider revoked earlier credentials. */
export function CredentialsEnded({ at, email, confirm }: CredentialsEndedProps) {
  return (
    <div className="mb-6">
      <Alert actions={<LazyActionButton action={confirm}>{text.confirm}</LazyActionButton>}>
        {text.before(email)}
        <RelativeTime at={at} />.{" "}
        <Link href="/projects" className="font-medium underline">
          {text.review}
        </Link>
        {text.after}
      </Alert>
    </div>
  );
}
