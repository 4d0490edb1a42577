import type { Metadata } from "next";
import { NewScimToken } from "#components/provisioning/new-token.tsx";
import { provisioningText as text } from "#components/provisioning/text.ts";
import { NewLink } from "#components/ui/new-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { uiText } from "#components/ui/text.ts";
import { listGroupRoles } from "#domain/access/scim/roles.ts";
import { listScimTokens } from "#domain/access/scim/tokens.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { createScimToken } from "./actions.ts";
import { GroupTable } from "./group-table.tsx";
import { ProviderUrls } from "./provider-urls.tsx";
import { ScimTokenTable } from "./token-table.tsx";

export const metadata: Metadata = { title: text.title };

/** What an identity provider needs: URLs, tokens, and the roles of its groups. */
export default async function ProvisioningPage() {
  const [tokens, groups, { settings, now }] = await Promise.all([
    readForPage(listScimTokens, {}),
    readForPage(listGroupRoles, {}),
    pageCtx(),
  ]);
  const providers = settings.oidc.map(({ id, name }) => ({ id, name }));
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: uiText.admin, href: "/admin" }]}
        title={text.title}
        facts={text.facts}
        actions={tokens.length > 0 ? <NewLink>{text.new}</NewLink> : null}
      />
      <ProviderUrls portalUrl={settings.url} providers={settings.oidc} />
      <ScimTokenTable tokens={tokens} providers={providers} nowMs={now()} />
      <GroupTable groups={groups} />
      <NewScimToken providers={providers} create={createScimToken} />
    </div>
  );
}
