"use client";

import { Button, ButtonLink } from "#components/ui/button.tsx";
import { ErrorMessage } from "#components/ui/error-message.tsx";
import { pageFailedText } from "#components/ui/page-failed-text.ts";

/** A page that failed. The digest is all that Next sends to the browser; the log has the error under it. */
export default function PortalError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <ErrorMessage
      title={pageFailedText.title}
      id={error.digest}
      actions={
        <>
          <Button variant="primary" onClick={retry}>
            {pageFailedText.retry}
          </Button>
          <ButtonLink href="/projects">{pageFailedText.action}</ButtonLink>
        </>
      }
    >
      <p>{pageFailedText.body}</p>
      <p>{pageFailedText.detail}</p>
    </ErrorMessage>
  );
}
