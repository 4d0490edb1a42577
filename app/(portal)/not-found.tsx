import { ButtonLink } from "#components/ui/button.tsx";
import { ErrorMessage } from "#components/ui/error-message.tsx";
import { uiText } from "#components/ui/text.ts";

/** The same page for what does not exist and for what the reader may not see, so that it reveals neither. */
export default function PortalNotFound() {
  return (
    <ErrorMessage
      title={uiText.noAccess.title}
      actions={<ButtonLink href="/projects">{uiText.noAccess.action}</ButtonLink>}
    >
      <p>{uiText.noAccess.body}</p>
      <p>{uiText.noAccess.hint}</p>
    </ErrorMessage>
  );
}
