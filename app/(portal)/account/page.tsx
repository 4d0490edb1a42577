import type { Metadata } from "next";
import { DeleteAccount } from "#components/account/delete-account.tsx";
import { EmailAddress } from "#components/account/email-address.tsx";
import { EmailNotifications } from "#components/account/email-notifications.tsx";
import { NewManagementToken } from "#components/account/new-token.tsx";
import { PasskeyList } from "#components/account/passkey-list.tsx";
import { PasswordForm } from "#components/account/password-form.tsx";
import { ProfileName } from "#components/account/profile-name.tsx";
import { ProviderList } from "#components/account/provider-list.tsx";
import { SecondFactorPanel } from "#components/account/second-factor.tsx";
import { securityText } from "#components/account/security-text.ts";
import { SessionList } from "#components/account/session-list.tsx";
import { accountText as text } from "#components/account/text.ts";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { uiText } from "#components/ui/text.ts";
import { ThemeSwitch } from "#components/ui/theme.tsx";
import { getDeletionBlockers } from "#domain/access/accounts/delete-account.ts";
import { getSecondFactor } from "#domain/access/accounts/factors/manage.ts";
import { listPasskeys } from "#domain/access/accounts/factors/passkeys.ts";
import { listMySessions } from "#domain/access/accounts/my-sessions.ts";
import { getProfile } from "#domain/access/accounts/profile.ts";
import { requiredProvider } from "#domain/access/accounts/required-provider.ts";
import { listManagementTokens } from "#domain/access/management-tokens/list.ts";
import { getPolicies } from "#domain/access/policies/read.ts";
import { getServices } from "#server/context.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { issuerOf, providersFor } from "#server/providers.ts";
import {
  addPasskey,
  changePassword,
  confirmRecently,
  confirmTotp,
  createManagementToken,
  createRecoveryCodes,
  deleteAccount,
  endMySession,
  removePasskey,
  removeTotp,
  renamePasskey,
  requestEmailChange,
  setMailNotifications,
  signOutElsewhere,
  signOutEverywhere,
  startPasskey,
  startTotp,
  updateProfile,
} from "./actions.ts";
import { ManagementTokenTable } from "./token-table.tsx";

export const metadata: Metadata = { title: text.title };

const MAX_TOKENS = 200;

export default async function AccountPage() {
  const [profile, factor, passkeys, sessions, tokens, policies, blockers, context, services] =
    await Promise.all([
      readForPage(getProfile, {}),
      readForPage(getSecondFactor, {}),
      readForPage(listPasskeys, {}),
      readForPage(listMySessions, {}),
      readForPage(listManagementTokens, { limit: MAX_TOKENS }),
      readForPage(getPolicies, {}),
      readForPage(getDeletionBlockers, {}),
      pageCtx(),
      getServices(),
    ]);
  const { actor, settings, sendMail, now } = context;
  const { maxDays } = policies.managementTokens;
  const providers = providersFor(services.settings, profile.email);
  const active = tokens.items.filter((token) => token.revokedAt === null);
  return (
    <div className="grid gap-8">
      <PageHeader
        title={text.title}
        facts={[profile.email, profile.siteRole === "admin" ? text.administrator : null]
          .filter(Boolean)
          .join(" · ")}
      />
      <Section title={text.profile}>
        <Card className="grid gap-6">
          <ProfileName name={profile.name} update={updateProfile} />
          <div className="grid justify-items-start gap-1.5">
            <p className="text-sm font-medium">{uiText.theme}</p>
            <ThemeSwitch />
          </div>
        </Card>
      </Section>
      <Section id="email" title={text.email.title}>
        <Card>
          <EmailAddress
            email={profile.email}
            verified={profile.emailVerified}
            request={sendMail === null ? null : requestEmailChange}
            adminHref={
              actor.kind === "user" && actor.siteRole === "admin" ? `/admin/users/${actor.userId}` : null
            }
            requiredProvider={requiredProvider(services, profile.email)?.name ?? null}
          />
        </Card>
      </Section>
      <Section id="mail" title={text.notifications.title} description={text.notifications.description}>
        <Card>
          {sendMail === null ? (
            <p className="text-muted">{text.notifications.unavailable}</p>
          ) : (
            <EmailNotifications
              enabled={profile.mailNotifications}
              email={profile.email}
              set={setMailNotifications}
            />
          )}
        </Card>
      </Section>
      <Section
        id="tokens"
        title={text.tokens.title}
        description={text.tokens.description}
        actions={active.length > 0 ? <NewLink>{text.tokens.new}</NewLink> : null}
      >
        <ManagementTokenTable tokens={active} maxDays={maxDays} nowMs={now()} />
      </Section>
      <Section title={text.password.title}>
        <Card>
          {profile.hasPassword ? (
            <PasswordForm change={changePassword} />
          ) : (
            <p className="text-muted">{text.password.provider}</p>
          )}
        </Card>
      </Section>
      {providers.length > 0 && (
        <Section id="providers" title={text.providers.title} description={text.providers.description}>
          <ProviderList
            providers={providers.map((provider) => ({
              ...provider,
              connected: profile.issuers.includes(issuerOf(services.settings, provider.id)),
            }))}
            prepare={confirmRecently.bind(null, {})}
          />
        </Section>
      )}
      <Section id="passkeys" title={text.passkeys.title} description={text.passkeys.description}>
        <PasskeyList
          passkeys={passkeys}
          actions={{
            start: startPasskey.bind(null, {}),
            add: addPasskey,
            rename: renamePasskey,
            remove: removePasskey,
          }}
        />
      </Section>
      <Section id="second-factor" title={text.secondFactor.title} description={text.secondFactor.description}>
        <Card>
          <SecondFactorPanel
            factor={factor}
            hasPasskey={passkeys.items.length > 0}
            actions={{
              start: startTotp.bind(null, {}),
              confirm: confirmTotp,
              renewCodes: createRecoveryCodes.bind(null, {}),
              remove: removeTotp.bind(null, {}),
            }}
          />
        </Card>
      </Section>
      <Section
        title={text.sessions.title}
        description={text.sessions.description}
        actions={
          <>
            {sessions.length > 1 && (
              <ConfirmButton
                label={text.sessions.signOutElsewhere.label}
                title={text.sessions.signOutElsewhere.title}
                confirm={text.sessions.signOutElsewhere.confirm}
                action={signOutElsewhere.bind(null, {})}
              >
                <p>{text.sessions.signOutElsewhere.effect}</p>
              </ConfirmButton>
            )}
            <ConfirmButton
              label={text.sessions.signOutEverywhere.label}
              title={text.sessions.signOutEverywhere.title}
              confirm={text.sessions.signOutEverywhere.confirm}
              action={signOutEverywhere.bind(null, {})}
              goTo="/sign-in"
            >
              <p>{text.sessions.signOutEverywhere.effect}</p>
            </ConfirmButton>
          </>
        }
      >
        <SessionList
          sessions={sessions}
          currentId={actor.kind === "user" ? (actor.session?.id ?? null) : null}
          endOf={(sessionId) => endMySession.bind(null, { sessionId })}
        />
      </Section>
      <Section id="security" title={securityText.title} description={securityText.description}>
        <Card>
          <Link href="/account/security" className="text-accent underline">
            {securityText.link}
          </Link>
        </Card>
      </Section>
      <Section id="delete" title={text.deletion.title}>
        <Card>
          <DeleteAccount email={profile.email} blockers={blockers} remove={deleteAccount} />
        </Card>
      </Section>
      <NewManagementToken portalUrl={settings.url} maxDays={maxDays} create={createManagementToken} />
    </div>
  );
}
