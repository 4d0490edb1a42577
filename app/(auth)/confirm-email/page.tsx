import type { Metadata } from "next";
import { ConfirmEmailForm } from "#components/auth/confirm-email-form.tsx";
import { AuthTitle, InvalidLink } from "#components/auth/page-parts.tsx";
import { authText } from "#components/auth/text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { readEmailLink } from "#domain/access/accounts/change-email.ts";
import { contextFor } from "#server/context.ts";
import type { PageSearch } from "#server/page.ts";
import { getActor } from "#server/session.ts";
import { confirmEmailChange } from "../actions.ts";
import { confirmEmailNatively } from "../native-actions.ts";

const { confirmEmail: text } = authText;

export const metadata: Metadata = { title: text.title };

/** Changes the email address with a one-time link. Opening the page does not use the link up. */
export default async function ConfirmEmailPage({ searchParams }: { searchParams: PageSearch }) {
  const { token } = await searchParams;
  if (typeof token !== "string") return <InvalidLink>{text.invalidLink}</InvalidLink>;
  const actor = await getActor();
  if (actor.kind !== "user") {
    const here = `/confirm-email?token=${encodeURIComponent(token)}`;
    return (
      <>
        <AuthTitle title={text.title}>{text.signInFirst}</AuthTitle>
        <ButtonLink variant="primary" href={`/sign-in?next=${encodeURIComponent(here)}`}>
          {text.signIn}
        </ButtonLink>
      </>
    );
  }
  const link = await readEmailLink({ ctx: await contextFor(actor), input: { token } });
  if (link === null) return <InvalidLink>{text.invalidLink}</InvalidLink>;
  return (
    <>
      <AuthTitle title={text.title}>
        {text.body(link.email)}
        {link.endsCredentials && ` ${text.endsCredentials}`}
      </AuthTitle>
      <ConfirmEmailForm token={token} confirm={confirmEmailChange} sent={confirmEmailNatively} />
    </>
  );
}
