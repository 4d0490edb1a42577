import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button.tsx";
import { ErrorMessage } from "#components/ui/error-message.tsx";
import { notFoundText } from "#components/ui/not-found-text.ts";
import { answerNotFound } from "#server/request-scope.ts";
import { getActor } from "#server/session.ts";
import PortalLayout from "../../(portal)/layout.tsx";

export const metadata: Metadata = { title: notFoundText.pageNotFound.title };

/**
 * Answers URLs without a page. Signed-in users keep the navigation. It is not a `not-found.tsx` beside the root layout,
 * because Next adds that, with the navigation, to every page. It does not throw `notFound()`, because the server would
 * then send no text.
 */
export default async function MissingPage() {
  answerNotFound();
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
