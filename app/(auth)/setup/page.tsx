import type { Metadata } from "next";
import { AccountForm } from "#components/auth/account-form.tsx";
import { AuthTitle } from "#components/auth/auth-title.tsx";
import { DeadLink } from "#components/auth/dead-link.tsx";
import { isFirstAdminLink } from "#domain/access/accounts/first-admin.ts";
import { contextFor } from "#server/context.ts";
import type { PageSearch } from "#server/search.ts";
import { getActor } from "#server/session.ts";
import { createFirstAdmin } from "../actions.ts";

export const metadata: Metadata = { title: "Make the first administrator" };

export default async function SetupPage({ searchParams }: { searchParams: PageSearch }) {
  const { token } = await searchParams;
  const ctx = await contextFor(await getActor());
  if (typeof token !== "string" || !(await isFirstAdminLink({ ctx, input: { token } }))) {
    return (
      <DeadLink>
        The link was used, or is older than a day. Where Latchkey runs,{" "}
        <code>npm run -s latchkey -- link</code> makes another while there is no administrator.
      </DeadLink>
    );
  }
  return (
    <>
      <AuthTitle title="Make the first administrator">
        Administrators keep the catalogue of APIs, let services ask, and see every project.
      </AuthTitle>
      <AccountForm
        token={token}
        make={async ({ token: given = "", ...account }) => {
          "use server";
          return createFirstAdmin({ token: given, ...account });
        }}
        next="/projects"
        submit="Create administrator"
      />
    </>
  );
}
