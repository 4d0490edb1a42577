import { ButtonLink } from "#components/ui/button.tsx";
import { ErrorMessage } from "#components/ui/error-message.tsx";

/** One page for what does not exist and for what is not the reader's to see. */
export default function PortalNotFound() {
  return (
    <ErrorMessage
      title="There is nothing here for you"
      actions={<ButtonLink href="/projects">To your projects</ButtonLink>}
    >
      <p>
        The address is wrong, the thing was deleted, or it belongs to a project that you are not a member of.
      </p>
      <p>If somebody sent you the link, ask them to invite you to the project.</p>
    </ErrorMessage>
  );
}
