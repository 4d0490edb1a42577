import type { Metadata } from "next";
import Link from "next/link";
import { AccountForm } from "#components/auth/account-form.tsx";
import { AskLinkForm } from "#components/auth/ask-link-form.tsx";
import { AuthTitle } from "#components/auth/auth-title.tsx";
import { DeadLink } from "#components/auth/dead-link.tsx";
import { ProviderButtons } from "#components/auth/provider-buttons.tsx";
import { readSignUpLink } from "#domain/access/accounts/sign-up.ts";
import { contextFor, getServices } from "#server/context.ts";
import { providersOf } from "#server/providers.ts";
import type { PageSearch } from "#server/search.ts";
import { getActor } from "#server/session.ts";
import { requestSignUp, signUp } from "../actions.ts";

export const metadata: Metadata = { title: "Sign up" };

export default async function SignUpPage({ searchParams }: { searchParams: PageSearch }) {
  const { token } = await searchParams;
  if (typeof token === "string") return <WithLink token={token} />;
  const { settings, sendMail } = await getServices();
  if (settings.signUp.kind === "invite") {
    return (
      <AuthTitle title="By invitation">
        An account here begins with an invitation, from an administrator or from a project's owner.{" "}
        <SignInInstead />
      </AuthTitle>
    );
  }
  const allowed = settings.signUp.kind === "domains" ? settings.signUp.domains.join(", ") : null;
  return (
    <>
      <AuthTitle title="Sign up">
        {allowed ? `With an address at ${allowed}. ` : null}
        <SignInInstead />
      </AuthTitle>
      <ProviderButtons providers={providersOf(settings)} next="/projects" />
      {sendMail ? (
        <AskLinkForm ask={requestSignUp} />
      ) : allowed ? (
        <p className="text-muted">
          This portal sends no mail, so it can't prove an address. Sign up through a provider, or ask an
          administrator.
        </p>
      ) : (
        <AccountForm make={signUp} next="/projects" submit="Create account" />
      )}
    </>
  );
}

async function WithLink({ token }: { token: string }) {
  const link = await readSignUpLink({ ctx: await contextFor(await getActor()), input: { token } });
  if (!link)
    return <DeadLink>It was used, withdrawn or is too old. Ask whoever sent it for another.</DeadLink>;
  if (link.refused !== null) {
    return (
      <AuthTitle title="You can't create an account with this link">
        {link.refused} <SignInInstead />
      </AuthTitle>
    );
  }
  return (
    <>
      <AuthTitle title="Make your account" />
      <AccountForm
        token={token}
        email={link.email}
        make={signUp}
        next={link.kind === "project" ? `/invite?token=${token}` : "/projects"}
        submit="Create account"
      />
    </>
  );
}

function SignInInstead() {
  return (
    <Link href="/sign-in" className="font-medium text-ink underline">
      Sign in instead
    </Link>
  );
}
