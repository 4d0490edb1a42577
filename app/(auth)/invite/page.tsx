import type { Metadata } from "next";
import { AuthTitle } from "#components/auth/auth-title.tsx";
import { DeadLink } from "#components/auth/dead-link.tsx";
import { JoinForm } from "#components/auth/join-form.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { getProfile } from "#domain/access/accounts/profile.ts";
import { readInvitation } from "#domain/access/members/accept.ts";
import { DomainError } from "#domain/errors.ts";
import { contextFor } from "#server/context.ts";
import type { PageSearch } from "#server/search.ts";
import { getActor } from "#server/session.ts";
import { acceptInvitation } from "../actions.ts";
import { signOutHere } from "../sign-out.ts";

export const metadata: Metadata = { title: "Invitation" };

export default async function InvitePage({ searchParams }: { searchParams: PageSearch }) {
  const { token } = await searchParams;
  const actor = await getActor();
  const ctx = await contextFor(actor);
  const invitation = await orNull(() => readInvitation({ ctx, input: { token: String(token ?? "") } }));
  if (!invitation || typeof token !== "string") {
    return <DeadLink>It was used, withdrawn or is too old. Ask the project's owner for another.</DeadLink>;
  }
  const { email, project, role, invitedBy } = invitation;
  const here = `/invite?token=${encodeURIComponent(token)}`;
  const title = `Join ${project.name}`;
  if (actor.kind !== "user") {
    return (
      <>
        <AuthTitle title={title}>
          {invitedBy} invites {email} to the project, as {role}.
        </AuthTitle>
        <ButtonLink variant="primary" href={`/sign-in?next=${encodeURIComponent(here)}`}>
          Sign in and join
        </ButtonLink>
        <ButtonLink href={`/sign-up?token=${encodeURIComponent(token)}`}>Make an account and join</ButtonLink>
      </>
    );
  }
  const profile = await getProfile({ ctx });
  if (profile.email !== email) {
    return (
      <>
        <AuthTitle title={title}>
          The invitation is for {email}, and you are signed in as {profile.email}.
        </AuthTitle>
        <form action={signOutHere.bind(null, here)} className="grid">
          <SwitchButton />
        </form>
      </>
    );
  }
  return (
    <>
      <AuthTitle title={title}>
        {invitedBy} invites you to the project, as {role}.
      </AuthTitle>
      <JoinForm token={token} projectId={project.id} join={acceptInvitation} />
    </>
  );
}

function SwitchButton() {
  return (
    <button
      type="submit"
      className="rounded border border-border bg-surface px-3 py-2 font-medium hover:bg-hover"
    >
      Sign out and use the other account
    </button>
  );
}

async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
