import type { Metadata } from "next";
import { MailSwitch } from "#components/account/mail-switch.tsx";
import { NewManagementToken } from "#components/account/new-token.tsx";
import { PasswordForm } from "#components/account/password-form.tsx";
import { ProfileName } from "#components/account/profile-name.tsx";
import { SessionList } from "#components/account/session-list.tsx";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { ThemeSwitch } from "#components/ui/theme.tsx";
import { listMySessions } from "#domain/access/accounts/my-sessions.ts";
import { getProfile } from "#domain/access/accounts/profile.ts";
import { listManagementTokens } from "#domain/access/management-tokens/list.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import {
  changePassword,
  createManagementToken,
  endMySession,
  revokeManagementToken,
  setMailNotices,
  signOutEverywhere,
  updateProfile,
} from "./actions.ts";
import { TokenTable } from "./token-table.tsx";

export const metadata: Metadata = { title: "Account" };

/** As many tokens as one person can keep an eye on. */
const TOKENS = 200;

export default async function AccountPage() {
  const [profile, sessions, tokens, { actor, settings, sendMail }] = await Promise.all([
    readForPage(getProfile, {}),
    readForPage(listMySessions, {}),
    readForPage(listManagementTokens, { limit: TOKENS }),
    pageCtx(),
  ]);
  const standing = tokens.items.filter((token) => token.revokedAt === null);
  return (
    <div className="grid gap-8">
      <PageHeader
        title="Account"
        facts={[profile.email, profile.siteRole === "admin" ? "administrator" : null]
          .filter(Boolean)
          .join(" · ")}
      />
      <Section title="You">
        <Card className="grid gap-6">
          <ProfileName name={profile.name} update={updateProfile} />
          <div className="grid justify-items-start gap-1.5">
            <p className="text-sm font-medium">Theme</p>
            <ThemeSwitch />
          </div>
        </Card>
      </Section>
      <Section
        id="mail"
        title="Mail"
        description="What is told under Notices, also by mail: a key that expires, is revoked, was found in public."
      >
        <Card>
          {sendMail === null ? (
            <p className="text-muted">No mail server is configured here. Notices are in the portal only.</p>
          ) : (
            <MailSwitch on={profile.mailNotices} address={profile.email} set={setMailNotices} />
          )}
        </Card>
      </Section>
      <Section
        id="tokens"
        title="Management tokens"
        description="For scripts that manage projects and keys over HTTP, with your rights, except that they manage neither users nor tokens."
        actions={standing.length > 0 ? <NewLink>New management token</NewLink> : null}
      >
        <TokenTable tokens={standing} revoke={revokeManagementToken} />
      </Section>
      <Section title="Password">
        <Card>
          {profile.hasPassword ? (
            <PasswordForm change={changePassword} />
          ) : (
            <p className="text-muted">
              You sign in through a provider, so there is no password here to change.
            </p>
          )}
        </Card>
      </Section>
      <Section
        title="Signed in"
        description="Every browser that is signed in as you."
        actions={
          <ConfirmButton
            label="Sign out everywhere…"
            title="Sign out everywhere?"
            confirm="Sign out everywhere"
            action={signOutEverywhere.bind(null, {})}
            goTo="/sign-in"
          >
            <p>Every browser has to sign in again, this one too. Management tokens go on working.</p>
          </ConfirmButton>
        }
      >
        <SessionList
          sessions={sessions}
          currentId={actor.kind === "user" ? (actor.session?.id ?? null) : null}
          end={endMySession}
        />
      </Section>
      <NewManagementToken
        portalUrl={settings.url}
        hasPassword={profile.hasPassword}
        create={createManagementToken}
      />
    </div>
  );
}
