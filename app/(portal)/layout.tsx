import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { CredentialsEnded } from "#components/account/credentials-ended.tsx";
import { StepUp } from "#components/account/step-up.tsx";
import { AppShell } from "#components/app-shell/app-shell.tsx";
import { LeakedTokens } from "#components/app-shell/leaked-tokens.tsx";
import { LAST_PROJECT_COOKIE } from "#components/app-shell/nav.ts";
import { AttemptResultProvider } from "#components/ui/attempt-result.tsx";
import { getProfile } from "#domain/access/accounts/profile.ts";
import { listLeakedTokens } from "#domain/keys/leaks/list-tokens.ts";
import { listProjects } from "#domain/projects/list.ts";
import { listProjectsSchema } from "#domain/projects/schema.ts";
import { readForPage } from "#server/page.ts";
import { logoOf, pageBrand } from "#server/page-brand.ts";
import { requirePageUser } from "#server/session.ts";
import { confirmCredentialsEnded } from "./account/actions.ts";
import {
  confirmationMethods,
  confirmIdentity,
  confirmWithPasskey,
  findAttemptResult,
  search,
  signOut,
  startPasskeyConfirmation,
} from "./actions.ts";

/** Maximum number of projects that the switcher lists. */
const MAX_PROJECTS = 200;

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const person = await requirePageUser();
  const [brand, { items }, leaked, profile] = await Promise.all([
    pageBrand(),
    readForPage(listProjects, listProjectsSchema.parse({ limit: MAX_PROJECTS })),
    readForPage(listLeakedTokens, {}),
    readForPage(getProfile, {}),
  ]);
  const projects = items.map(({ id, name, role }) => ({ id, name, role }));
  const lastId = (await cookies()).get(LAST_PROJECT_COOKIE)?.value;
  return (
    <AppShell
      brand={{ ...logoOf(brand), links: brand.links }}
      person={{ name: person.name, siteRole: person.siteRole }}
      projects={projects}
      lastProject={projects.find(({ id }) => id === lastId) ?? null}
      search={search}
      signOut={signOut}
    >
      {profile.credentialsEndedAt === null ? null : (
        <CredentialsEnded
          at={profile.credentialsEndedAt}
          email={profile.email}
          confirm={confirmCredentialsEnded.bind(null, {})}
        />
      )}
      <LeakedTokens tokens={leaked.items} userId={person.userId} />
      <StepUp
        methods={confirmationMethods}
        confirm={confirmIdentity}
        startPasskey={startPasskeyConfirmation}
        confirmWithPasskey={confirmWithPasskey}
      >
        <AttemptResultProvider findResult={findAttemptResult}>{children}</AttemptResultProvider>
      </StepUp>
    </AppShell>
  );
}
