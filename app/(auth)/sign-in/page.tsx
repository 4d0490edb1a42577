import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { AuthTitle } from "#components/auth/auth-title.tsx";
import { Fault } from "#components/auth/fault.tsx";
import { ProviderButtons } from "#components/auth/provider-buttons.tsx";
import { SignInForm } from "#components/auth/sign-in-form.tsx";
import { PROVIDER_DENIALS } from "#domain/access/accounts/provider-claims.ts";
import { getServices } from "#server/context.ts";
import { providersOf } from "#server/providers.ts";
import { samePortalPath } from "#server/same-portal.ts";
import type { PageSearch } from "#server/search.ts";
import { getActor } from "#server/session.ts";

export const metadata: Metadata = { title: "Sign in" };

/** What can go wrong on the way through a provider. */
const FAULTS = new Map<string, string>([
  ...Object.entries(PROVIDER_DENIALS),
  ["Provider", "Sign-in failed because of an internal error. Try again."],
]);
const OTHER_FAULT = "The provider did not let you in, or you took too long. Try again.";

export default async function SignInPage({ searchParams }: { searchParams: PageSearch }) {
  const asked = await searchParams;
  const next = samePortalPath(first(asked.next));
  if ((await getActor()).kind === "user") redirect(next);
  const { settings } = await getServices();
  const fault = first(asked.error);
  return (
    <>
      <AuthTitle title="Sign in" />
      {fault ? <Fault>{FAULTS.get(fault) ?? OTHER_FAULT}</Fault> : null}
      <ProviderButtons providers={providersOf(settings)} next={next} />
      <SignInForm next={next} />
      {settings.signUp.kind === "invite" ? (
        <p className="text-sm text-muted">
          No account yet? An administrator or a project's owner can invite you.
        </p>
      ) : (
        <p className="text-sm text-muted">
          No account yet?{" "}
          <Link href="/sign-up" className="font-medium text-ink underline">
            Sign up
          </Link>
        </p>
      )}
      <p className="text-sm text-muted">
        <Link href="/found-a-key" className="underline">
          Found a key somewhere?
        </Link>
      </p>
    </>
  );
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
