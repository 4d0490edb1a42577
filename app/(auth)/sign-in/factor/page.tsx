import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { FactorForm } from "#components/auth/factor-form.tsx";
import { AuthTitle } from "#components/auth/page-parts.tsx";
import { authText } from "#components/auth/text.ts";
import type { PageSearch } from "#server/page.ts";
import { samePortalPath } from "#server/safe-redirect.ts";
import { isWaitingForFactor } from "#server/session.ts";
import { finishSignInNatively } from "../../native-actions.ts";

const { factor: text } = authText;

export const metadata: Metadata = { title: text.title };

/** The second step of a sign-in. */
export default async function FactorPage({ searchParams }: { searchParams: PageSearch }) {
  const { next: asked } = await searchParams;
  const next = samePortalPath(typeof asked === "string" ? asked : undefined);
  if (!(await isWaitingForFactor())) redirect(`/sign-in?next=${encodeURIComponent(next)}`);
  return (
    <>
      <AuthTitle title={text.title}>{text.body}</AuthTitle>
      <FactorForm next={next} sent={finishSignInNatively} />
      <p className="text-sm text-muted">{text.lost}</p>
      <p className="text-sm text-muted">
        <a href={`/sign-in?restart=1&next=${encodeURIComponent(next)}`} className="underline">
          {text.restart}
        </a>
      </p>
    </>
  );
}
