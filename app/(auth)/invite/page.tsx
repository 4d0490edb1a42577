import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { JoinForm } from "#components/auth/join-form.tsx";
import { AuthTitle, InvalidLink } from "#components/auth/page-parts.tsx";
import { authText } from "#components/auth/text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { getProfile } from "#domain/access/accounts/profile.ts";
import { readInvitation } from "#domain/access/members/accept.ts";
import { nullOnDomainError } from "#domain/errors.ts";
import { contextFor } from "#server/context.ts";
import type { PageSearch } from "#server/page.ts";
import { factorSetupPage, getActor } from "#server/session.ts";
import { acceptInvitation, signOutHere } from "../actions.ts";
import { acceptInvitationNatively } from "../native-actions.ts";

const { invite: text } = authText;

export const metadata: Metadata = { title: text.title };

export default async function InvitePage({ searchParams }: { searchParams: PageSearch }) {
  const { token } = await searchParams;
  const actor = await getActor();
  const ctx = await contextFor(actor);
  const invitation = await nullOnDomainError(readInvitation({ ctx, input: { token: String(token ?? "") } }));
  if (!invitation || typeof token !== "string") {
    return <InvalidLink>{text.invalidLink}</InvalidLink>;
  }
  const { email, project, role, invitedBy } = invitation;
  const here = `/invite?token=${encodeURIComponent(token)}`;
  const title = text.join(project.name);
  if (actor.kind !== "user") {
    return (
      <>
        <AuthTitle title={title}>{text.invites(invitedBy, email, role)}</AuthTitle>
        <ButtonLink variant="primary" href={`/sign-in?next=${encodeURIComponent(here)}`}>
          {text.signIn}
        </ButtonLink>
        <ButtonLink href={`/sign-up?token=${encodeURIComponent(token)}`}>{text.signUp}</ButtonLink>
      </>
    );
  }
  if (actor.session?.needsFactor) redirect(factorSetupPage(here));
  const profile = await getProfile({ ctx });
  if (profile.email !== email) {
    return (
      <>
        <AuthTitle title={title}>{text.otherAccount(email, profile.email)}</AuthTitle>
        <form action={signOutHere.bind(null, here)} className="grid">
          <SwitchButton />
        </form>
      </>
    );
  }
  return (
    <>
      <AuthTitle title={title}>{text.invites(invitedBy, text.you, role)}</AuthTitle>
      <JoinForm
        token={token}
        projectId={project.id}
        join={acceptInvitation}
        sent={acceptInvitationNatively}
      />
    </>
  );
}

function SwitchButton() {
  return (
    <button
      type="submit"
      className="rounded border border-border bg-surface px-3 py-2 font-medium hover:bg-hover"
    >
      {text.switch}
    </button>
  );
}
