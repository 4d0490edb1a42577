import { ButtonLink } from "#components/ui/button.tsx";
import { ErrorMessage } from "#components/ui/error-message.tsx";
import { notFoundText } from "#components/ui/not-found-text.ts";
import { getActor } from "#server/session.ts";
import PortalLayout from "../(portal)/layout.tsx";

/** A URL that no page has. Signed-in users keep the navigation. */
export default async function NotFound() {
  const message = (
    <ErrorMessage
      title={notFoundText.pageNotFound.title}
      actions={<ButtonLink href="/projects">{notFoundText.pageNotFound.action}</ButtonLink>}
    >
      <p>{notFoundText.pageNotFound.body}</p>
    </ErrorMessage>
  );
  if ((await getActor()).kind === "user") return <PortalLayout>{message}</PortalLayout>;
  return <main className="px-4">{message}</main>;
}
