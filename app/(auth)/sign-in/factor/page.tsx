import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { FactorForm } from "#components/auth/factor-form.tsx";
import { AuthTitle } from "#components/auth/page-parts.tsx";
import { PasskeyButton } from "#components/auth/passkey-button.tsx";
import { authText } from "#components/auth/text.ts";
import type { PageSearch } from "#server/page.ts";
import { samePortalPath } from "#server/safe-redirect.ts";
import { pendingFactors } from "#server/session.ts";
import { finishSignInNatively } from "../../native-actions.ts";
import { finishSignInWithPasskey, startPasskeyFactor } from "../../passkey-actions.ts";

const { factor: text } = authText;

export const metadata: Metadata = { title: text.title };

/** The second step of a sign-in. */
export default async function FactorPage({ searchParams }: { searchParams: PageSearch }) {
  const search = await searchParams;
  const next = samePortalPath(typeof search.next === "string" ? search.next : undefined);
  const factors = await pendingFactors();
  if (factors === null) redirect(`/sign-in?next=${encodeURIComponent(next)}`);
  const hasPasskey = factors.passkeys > 0;
  return (
    <>
      <AuthTitle title={hasPasskey ? text.passkeyTitle : text.title}>
        {hasPasskey ? (factors.app ? text.passkeyOrCode : text.passkeyBody) : text.body}
      </AuthTitle>
      {hasPasskey ? (
        <PasskeyButton
          label={text.passkey}
          variant="primary"
          start={startPasskeyFactor.bind(null, {})}
          finish={finishSignInWithPasskey}
          next={next}
        />
      ) : null}
      <FactorForm next={next} sent={finishSignInNatively} hasApp={factors.app} autoFocus={!hasPasskey} />
      <p className="text-sm text-muted">{factors.app ? text.lost : text.lostPasskey}</p>
      <p className="text-sm text-muted">
        <a href={`/sign-in?restart=1&next=${encodeURIComponent(next)}`} className="underline">
          {text.restart}
        </a>
      </p>
    </>
  );
}
