import type { Metadata } from "next";
import { cache } from "react";
import { SessionList } from "#components/account/session-list.tsx";
import { ChangeEmail } from "#components/admin/change-email.tsx";
import { ResetPassword } from "#components/admin/reset-password.tsx";
import { usersText } from "#components/admin/users-text.ts";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { uiText } from "#components/ui/text.ts";
import { userRefSchema } from "#domain/admin/schema.ts";
import { getUserFactors } from "#domain/admin/second-factors.ts";
import { listUserSessions } from "#domain/admin/sessions.ts";
import { getUser } from "#domain/admin/users.ts";
import { pageCtx, pageInput, readForPage } from "#server/page.ts";
import {
  deleteUser,
  endUserSession,
  endUserSessions,
  resetSecondFactors,
  sendPasswordReset,
  setUserEmail,
} from "../../actions.ts";

const text = usersText.user;

interface UserPageProps {
  params: Promise<{ userId: string }>;
}

const userOf = cache((userId: string) => readForPage(getUser, pageInput(userRefSchema, { userId })));

export async function generateMetadata({ params }: UserPageProps): Promise<Metadata> {
  return { title: (await userOf((await params).userId)).name };
}

/** One user: what an administrator can do for them. */
export default async function UserPage({ params }: UserPageProps) {
  const ref = pageInput(userRefSchema, await params);
  const [user, sessions, factors, { actor }] = await Promise.all([
    userOf(ref.userId),
    readForPage(listUserSessions, ref),
    readForPage(getUserFactors, ref),
    pageCtx(),
  ]);
  const isSelf = actor.kind === "user" && actor.userId === user.id;
  return (
    <div className="grid gap-8">
      <PageHeader
        crumbs={[
          { label: uiText.admin, href: "/admin" },
          { label: usersText.title, href: "/admin/users" },
        ]}
        title={user.name}
        badges={
          <>
            {user.siteRole === "admin" ? <Badge tone="accent">{usersText.administrator}</Badge> : null}
            {user.disabledAt ? <Badge>{usersText.disabled}</Badge> : null}
          </>
        }
        facts={user.email}
      />
      <Section
        title={text.sessions.section}
        description={text.sessions.description}
        actions={
          sessions.length === 0 ? null : (
            <ConfirmButton
              label={text.sessions.endAll.label}
              title={text.sessions.endAll.title(user.name)}
              confirm={text.sessions.endAll.confirm}
              action={endUserSessions.bind(null, ref)}
            >
              <p>{text.sessions.endAll.effect}</p>
            </ConfirmButton>
          )
        }
      >
        {sessions.length === 0 ? (
          <Card>
            <p className="text-muted">{text.sessions.none}</p>
          </Card>
        ) : (
          <SessionList
            sessions={sessions}
            currentId={actor.kind === "user" ? (actor.session?.id ?? null) : null}
            endOf={(sessionId) => endUserSession.bind(null, { ...ref, sessionId })}
          />
        )}
      </Section>
      <Section title={text.factor.section} description={text.factor.description}>
        <Card>
          {factors.app || factors.passkeys > 0 ? (
            <div className="grid justify-items-start gap-3">
              <p>{text.factor.has(factors)}</p>
              <ConfirmButton
                label={text.factor.label}
                title={text.factor.title(user.name)}
                confirm={text.factor.confirm}
                action={resetSecondFactors.bind(null, ref)}
              >
                <p>{text.factor.effect}</p>
              </ConfirmButton>
            </div>
          ) : (
            <p className="text-muted">{text.factor.none}</p>
          )}
        </Card>
      </Section>
      <Section title={text.email.section} description={text.email.description}>
        <Card>
          <ChangeEmail name={user.name} userId={user.id} change={setUserEmail} />
        </Card>
      </Section>
      <Section title={text.reset.section} description={text.reset.description}>
        <Card>
          {user.disabledAt ? (
            <p className="text-muted">{text.reset.disabled}</p>
          ) : (
            <ResetPassword email={user.email} reset={sendPasswordReset.bind(null, ref)} />
          )}
        </Card>
      </Section>
      {isSelf ? null : (
        <Section title={text.deletion.section} description={text.deletion.description}>
          <Card>
            <ConfirmButton
              label={text.deletion.label}
              title={text.deletion.title(user.name)}
              confirm={text.deletion.confirm}
              typeToConfirm={user.email}
              action={deleteUser.bind(null, ref)}
              goTo="/admin/users"
            >
              <p>{text.deletion.effect}</p>
            </ConfirmButton>
          </Card>
        </Section>
      )}
    </div>
  );
}
