import { ButtonLink } from "#components/ui/button.tsx";
import { ErrorMessage } from "#components/ui/error-message.tsx";
import { uiText } from "#components/ui/text.ts";

export default function NotFound() {
  return (
    <main className="px-4">
      <ErrorMessage
        title={uiText.pageNotFound.title}
        actions={<ButtonLink href="/projects">{uiText.pageNotFound.action}</ButtonLink>}
      >
        <p>{uiText.pageNotFound.body}</p>
      </ErrorMessage>
    </main>
  );
}
