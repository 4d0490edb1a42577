import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { StepUp } from "#components/account/step-up.tsx";
import { AuthTitle } from "#components/auth/page-parts.tsx";
import { SetUpFactor } from "#components/auth/set-up-factor.tsx";
import { authText } from "#components/auth/text.ts";
import { relyingPartyOf } from "#domain/access/accounts/factors/webauthn.ts";
import { getServices } from "#server/context.ts";
import type { PageSearch } from "#server/page.ts";
import { samePortalPath } from "#server/safe-redirect.ts";
import { getActor } from "#server/session.ts";
import { addPasskey, confirmTotp, startPasskey, startTotp } from "../../(portal)/account/actions.ts";
import {
  confirmationMethods,
  confirmIdentity,
  confirmWithPasskey,
  signOut,
  startPasskeyConfirmation,
} from "../../(portal)/actions.ts";

const { setUpFactor: text } = authText;

export const metadata: Metadata = { title: text.title };

/** The only page for users who must have a second factor and have none. */
export default async function SetUpFactorPage({ searchParams }: { searchParams: PageSearch }) {
  const search = await searchParams;
  const next = samePortalPath(typeof search.next === "string" ? search.next : undefined);
  const actor = await getActor();
  if (actor.kind !== "user") redirect(`/sign-in?next=${encodeURIComponent(next)}`);
  if (!actor.session?.needsFactor) redirect(next);
  const { settings } = await getServices();
  return (
    <StepUp
      methods={confirmationMethods}
      confirm={confirmIdentity}
      startPasskey={startPasskeyConfirmation}
      confirmWithPasskey={confirmWithPasskey}
    >
      <AuthTitle title={text.title}>{text.body}</AuthTitle>
      <SetUpFactor
        next={next}
        passkey={
          relyingPartyOf(settings.url) === null
            ? null
            : { start: startPasskey.bind(null, {}), add: addPasskey }
        }
        totp={{ start: startTotp.bind(null, {}), confirm: confirmTotp }}
      />
      <form action={signOut}>
        <button type="submit" className="text-sm text-muted underline">
          {text.signOut}
        </button>
      </form>
    </StepUp>
  );
}
