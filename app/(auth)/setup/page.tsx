import type { Metadata } from "next";
import { AccountForm } from "#components/auth/account-form.tsx";
import { AuthTitle, InvalidLink } from "#components/auth/page-parts.tsx";
import { authText } from "#components/auth/text.ts";
import { isFirstAdminLink } from "#domain/access/accounts/first-admin.ts";
import { contextFor } from "#server/context.ts";
import type { PageSearch } from "#server/page.ts";
import { getActor } from "#server/session.ts";
import { createFirstAdmin } from "../actions.ts";
import { createFirstAdminNatively } from "../native-actions.ts";

const { setup: text } = authText;

export const metadata: Metadata = { title: text.title };

export default async function SetupPage({ searchParams }: { searchParams: PageSearch }) {
  const { token } = await searchParams;
  const ctx = await contextFor(await getActor());
  if (typeof token !== "string" || !(await isFirstAdminLink({ ctx, input: { token } }))) {
    return (
      <InvalidLink>
        {text.deadLinkBefore}
        <code>{text.deadLinkCommand}</code>
        {text.deadLinkAfter}
      </InvalidLink>
    );
  }
  return (
    <>
      <AuthTitle title={text.title}>{text.body}</AuthTitle>
      <AccountForm
        token={token}
        create={async ({ token: given = "", ...account }) => {
          "use server";
          return createFirstAdmin({ token: given, ...account });
        }}
        sent={createFirstAdminNatively}
        next="/projects"
        submit={text.submit}
      />
    </>
  );
}
