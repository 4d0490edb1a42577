import type { Metadata } from "next";
import { AccountForm } from "#components/auth/account-form.tsx";
import { EmailLinkForm } from "#components/auth/email-link-form.tsx";
import { AuthTitle, InvalidLink } from "#components/auth/page-parts.tsx";
import { ProviderButtons } from "#components/auth/provider-buttons.tsx";
import { authText } from "#components/auth/text.ts";
import { Link } from "#components/ui/link.tsx";
import { readSignUpLink } from "#domain/access/accounts/sign-up.ts";
import { contextFor, getServices } from "#server/context.ts";
import type { PageSearch } from "#server/page.ts";
import { providersOf } from "#server/providers.ts";
import { getActor } from "#server/session.ts";
import { requestSignUp, signUp } from "../actions.ts";
import { requestSignUpNatively, signUpNatively } from "../native-actions.ts";

const { signUp: text } = authText;

export const metadata: Metadata = { title: text.title };

export default async function SignUpPage({ searchParams }: { searchParams: PageSearch }) {
  const { token } = await searchParams;
  if (typeof token === "string") return <WithLink token={token} />;
  const { settings, sendMail } = await getServices();
  if (settings.signUp.kind === "invite") {
    return (
      <AuthTitle title={text.byInvitation}>
        {text.byInvitationBody}
        <SignInInstead />
      </AuthTitle>
    );
  }
  const allowed = settings.signUp.kind === "domains" ? settings.signUp.domains.join(", ") : null;
  return (
    <>
      <AuthTitle title={text.title}>
        {allowed ? text.domains(allowed) : null}
        <SignInInstead />
      </AuthTitle>
      <ProviderButtons providers={providersOf(settings)} next="/projects" />
      {sendMail ? (
        <EmailLinkForm purpose="signUp" request={requestSignUp} sent={requestSignUpNatively} />
      ) : allowed ? (
        <p className="text-muted">{text.noMail}</p>
      ) : (
        <AccountForm create={signUp} sent={signUpNatively} next="/projects" submit={text.submit} />
      )}
    </>
  );
}

async function WithLink({ token }: { token: string }) {
  const link = await readSignUpLink({ ctx: await contextFor(await getActor()), input: { token } });
  if (!link) return <InvalidLink>{text.invalidLink}</InvalidLink>;
  if (link.denial !== null) {
    return (
      <AuthTitle title={text.denied}>
        {link.denial} <SignInInstead />
      </AuthTitle>
    );
  }
  return (
    <>
      <AuthTitle title={text.create} />
      <AccountForm
        token={token}
        email={link.email}
        create={signUp}
        sent={signUpNatively}
        next={link.kind === "project" ? `/invite?token=${token}` : "/projects"}
        submit={text.submit}
      />
    </>
  );
}

function SignInInstead() {
  return (
    <Link href="/sign-in" className="font-medium text-ink underline">
      {text.instead}
    </Link>
  );
}
