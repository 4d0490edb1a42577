import { ButtonLink } from "#components/ui/button.tsx";
import { ErrorMessage } from "#components/ui/error-message.tsx";
import { notFoundText } from "#components/ui/not-found-text.ts";

export const metadata = { title: notFoundText.pageNotFound.title };

/** The same page for what does not exist and for what the reader may not see, so that it reveals neither. */
export default function PortalNotFound() {
  return (
    <ErrorMessage
      title={notFoundText.noAccess.title}
      actions={<ButtonLink href="/projects">{notFoundText.noAccess.action}</ButtonLink>}
    >
      <p>{notFoundText.noAccess.body}</p>
      <p>{notFoundText.noAccess.hint}</p>
    </ErrorMessage>
  );
}
