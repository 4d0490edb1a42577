import type { Metadata } from "next";
import { EmailLinkForm } from "#components/auth/email-link-form.tsx";
import { AuthTitle } from "#components/auth/page-parts.tsx";
import { authText } from "#components/auth/text.ts";
import { Link } from "#components/ui/link.tsx";
import { getServices } from "#server/context.ts";
import { requestPasswordReset } from "../actions.ts";
import { requestPasswordResetNatively } from "../native-actions.ts";

const { forgotPassword: text } = authText;

export const metadata: Metadata = { title: text.title };

/** Mails a link to choose a new password, or says who can create one. */
export default async function ForgotPasswordPage() {
  const { sendMail } = await getServices();
  return (
    <>
      <AuthTitle title={text.title}>{sendMail ? text.body : text.noMail}</AuthTitle>
      {sendMail ? (
        <EmailLinkForm
          purpose="passwordReset"
          request={requestPasswordReset}
          sent={requestPasswordResetNatively}
        />
      ) : (
        <p className="text-sm text-muted">
          {text.operatorBefore}
          <code>{text.operatorCommand}</code>
          {text.operatorAfter}
        </p>
      )}
      <p className="text-sm text-muted">
        <Link href="/sign-in" className="underline">
          {text.back}
        </Link>
      </p>
    </>
  );
}
