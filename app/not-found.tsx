import { ButtonLink } from "#components/ui/button.tsx";
import { ErrorMessage } from "#components/ui/error-message.tsx";

export default function NotFound() {
  return (
    <main className="px-4">
      <ErrorMessage
        title="There is no such page"
        actions={<ButtonLink href="/projects">To the portal</ButtonLink>}
      >
        <p>The address is wrong, or what it led to has moved.</p>
      </ErrorMessage>
    </main>
  );
}
