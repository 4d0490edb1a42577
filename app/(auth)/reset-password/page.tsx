import type { Metadata } from "next";
import { AuthTitle, InvalidLink } from "#components/auth/page-parts.tsx";
import { ResetPasswordForm } from "#components/auth/reset-password-form.tsx";
import { authText } from "#components/auth/text.ts";
import { readResetLink } from "#domain/access/accounts/password-reset.ts";
import { contextFor } from "#server/context.ts";
import type { PageSearch } from "#server/page.ts";
import { getActor } from "#server/session.ts";
import { resetPassword } from "../actions.ts";
import { resetPasswordNatively } from "../native-actions.ts";

const { resetPassword: text } = authText;

export const metadata: Metadata = { title: text.title };

/** Chooses a new password with a one-time link. Opening the page does not use the link up. */
export default async function ResetPasswordPage({ searchParams }: { searchParams: PageSearch }) {
  const { token } = await searchParams;
  const ctx = await contextFor(await getActor());
  const link = typeof token === "string" ? await readResetLink({ ctx, input: { token } }) : null;
  if (link === null || typeof token !== "string") return <InvalidLink>{text.invalidLink}</InvalidLink>;
  return (
    <>
      <AuthTitle title={text.title}>{text.body(link.email)}</AuthTitle>
      <ResetPasswordForm
        token={token}
        email={link.email}
        reset={resetPassword}
        sent={resetPasswordNatively}
      />
    </>
  );
}
