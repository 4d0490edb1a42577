"use client";

import { Button, ButtonLink } from "#components/ui/button.tsx";
import { ErrorMessage } from "#components/ui/error-message.tsx";
import { pageText } from "#components/ui/page-text.ts";

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
      title={pageText.pageFailed.title}
      id={error.digest}
      actions={
        <>
          <Button variant="primary" onClick={retry}>
            {pageText.pageFailed.retry}
          </Button>
          <ButtonLink href="/projects">{pageText.pageFailed.action}</ButtonLink>
        </>
      }
    >
      <p>{pageText.pageFailed.body}</p>
      <p>{pageText.pageFailed.detail}</p>
    </ErrorMessage>
  );
}
