import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthError, AuthTitle } from "#components/auth/page-parts.tsx";
import { PasskeyButton } from "#components/auth/passkey-button.tsx";
import { ProviderButtons } from "#components/auth/provider-buttons.tsx";
import { SignInForm } from "#components/auth/sign-in-form.tsx";
import { authText } from "#components/auth/text.ts";
import { Link } from "#components/ui/link.tsx";
import { relyingPartyOf } from "#domain/access/accounts/factors/webauthn.ts";
import { needsFirstAdmin } from "#domain/access/accounts/first-admin.ts";
import { PROVIDER_DENIALS } from "#domain/access/accounts/provider-claims.ts";
import { contextFor, getServices } from "#server/context.ts";
import type { PageSearch } from "#server/page.ts";
import { providersOf } from "#server/providers.ts";
import { samePortalPath } from "#server/safe-redirect.ts";
import { getActor, pendingFactors } from "#server/session.ts";
import { signInNatively } from "../native-actions.ts";
import { signInWithPasskey, startPasskeySignIn } from "../passkey-actions.ts";

const { signIn: text, setup } = authText;

export const metadata: Metadata = { title: text.title };

/** Errors of a sign-in through a provider. */
const ERRORS = new Map<string, string>([...Object.entries(PROVIDER_DENIALS), ["Provider", text.portalError]]);

export default async function SignInPage({ searchParams }: { searchParams: PageSearch }) {
  const search = await searchParams;
  const next = samePortalPath(first(search.next));
  const actor = await getActor();
  if (actor.kind === "user") redirect(next);
  // The second step comes next, unless the reader asked to start again.
  if (search.restart === undefined && (await pendingFactors()) !== null) {
    redirect(`/sign-in/factor?next=${encodeURIComponent(next)}`);
  }
  const { settings } = await getServices();
  const error = first(search.error);
  return (
    <>
      <AuthTitle title={text.title}>
        {(await needsFirstAdmin({ ctx: await contextFor(actor) })) ? (
          <>
            {setup.noAdminBefore}
            <code>{setup.deadLinkCommand}</code>
            {setup.deadLinkAfter}
          </>
        ) : null}
      </AuthTitle>
      {error ? <AuthError>{ERRORS.get(error) ?? text.providerError}</AuthError> : null}
      {search.done === "password" ? <p role="status">{text.passwordChanged}</p> : null}
      <ProviderButtons providers={providersOf(settings)} next={next} />
      <SignInForm next={next} sent={signInNatively} />
      {relyingPartyOf(settings.url) === null ? null : (
        <PasskeyButton
          label={text.passkey}
          start={startPasskeySignIn.bind(null, {})}
          finish={signInWithPasskey}
          next={next}
        />
      )}
      <p className="text-sm">
        <Link href="/forgot-password" className="font-medium underline">
          {text.forgot}
        </Link>
      </p>
      {settings.signUp.kind === "invite" ? (
        <p className="text-sm text-muted">{text.invite}</p>
      ) : (
        <p className="text-sm text-muted">
          {text.noAccount}
          <Link href="/sign-up" className="font-medium text-ink underline">
            {text.signUp}
          </Link>
        </p>
      )}
      <p className="text-sm text-muted">
        <Link href="/found-a-key" className="underline">
          {text.foundKey}
        </Link>
      </p>
    </>
  );
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
