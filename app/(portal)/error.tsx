"use client";

import { Button, ButtonLink } from "#components/ui/button.tsx";
import { ErrorMessage } from "#components/ui/error-message.tsx";
import { uiText } from "#components/ui/text.ts";

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
      title={uiText.pageFailed.title}
      id={error.digest}
      actions={
        <>
          <Button variant="primary" onClick={retry}>
            {uiText.pageFailed.retry}
          </Button>
          <ButtonLink href="/projects">{uiText.pageFailed.action}</ButtonLink>
        </>
      }
    >
      <p>{uiText.pageFailed.body}</p>
      <p>{uiText.pageFailed.detail}</p>
    </ErrorMessage>
  );
}
