"use client";

import { Button, ButtonLink } from "#components/ui/button.tsx";
import { ErrorMessage } from "#components/ui/error-message.tsx";

/** A page that failed. Next tells only a digest of what it was; the server's log has it under the same. */
export default function PortalError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <ErrorMessage
      title="This page failed to load"
      id={error.digest}
      actions={
        <>
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
          <ButtonLink href="/projects">To your projects</ButtonLink>
        </>
      }
    >
      <p>Something went wrong inside Latchkey while it read the page. Nothing was changed by it.</p>
      <p>Checks of keys are answered by another process and are not affected.</p>
    </ErrorMessage>
  );
}
