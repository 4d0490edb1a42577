import type { Metadata } from "next";
import { ResetPassword } from "#components/admin/reset-password.tsx";
import { adminText } from "#components/admin/text.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { uiText } from "#components/ui/text.ts";
import { userRefSchema } from "#domain/admin/schema.ts";
import { getUser } from "#domain/admin/users.ts";
import { pageInput, readForPage } from "#server/page.ts";
import { sendPasswordReset } from "../../actions.ts";

const text = adminText.user;

export const metadata: Metadata = { title: text.title };

/** One user: what an administrator can do for them. */
export default async function UserPage({ params }: { params: Promise<{ userId: string }> }) {
  const ref = pageInput(userRefSchema, await params);
  const user = await readForPage(getUser, ref);
  return (
    <div className="grid gap-8">
      <PageHeader
        crumbs={[
          { label: uiText.admin, href: "/admin" },
          { label: adminText.users.title, href: "/admin/users" },
        ]}
        title={user.name}
        badges={
          <>
            {user.siteRole === "admin" ? <Badge tone="accent">{adminText.users.administrator}</Badge> : null}
            {user.disabledAt ? <Badge>{adminText.users.disabled}</Badge> : null}
          </>
        }
        facts={user.email}
      />
      <Section title={text.reset.section} description={text.reset.description}>
        <Card>
          {user.disabledAt ? (
            <p className="text-muted">{text.reset.disabled}</p>
          ) : (
            <ResetPassword email={user.email} reset={sendPasswordReset.bind(null, ref)} />
          )}
        </Card>
      </Section>
    </div>
  );
}
