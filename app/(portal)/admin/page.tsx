import type { ReactNode } from "react";
import { SiteUsagePanel } from "#components/admin/site-usage.tsx";
import { adminText } from "#components/admin/text.ts";
import { Section } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { FormattedNumber } from "#components/ui/number.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Refresher } from "#components/ui/refresher.tsx";
import { readUsageView } from "#components/usage/usage-state.ts";
import { readSiteOverview } from "#domain/admin/overview.ts";
import { listVerifiers } from "#domain/admin/verifiers.ts";
import { type PageSearch, pageCtx, readForPage, searchOf } from "#server/page.ts";
import { Findings } from "./findings.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { KeyCounts } from "./key-counts.tsx";
import { readSitePanel } from "./usage/read.ts";
import { VerifierLines } from "./verifier-lines.tsx";

const { stats } = adminText;

/** The status of the site: required actions, traffic and verifiers. */
export default async function AdminPage({ searchParams }: { searchParams: PageSearch }) {
  const { range } = readUsageView(await searchOf(searchParams));
  const [site, usage, { items: verifiers }, { now }] = await Promise.all([
    readForPage(readSiteOverview, {}),
    readForPage(readSitePanel, { range }),
    readForPage(listVerifiers, {}),
    pageCtx(),
  ]);
  return (
    <div className="grid gap-8">
      <Refresher everyMs={10_000} />
      <PageHeader title={adminText.title} facts={adminText.facts} />
      <FirstSteps site={site} />
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
        <Stat label={stats.activeKeys} value={site.keys.active} href="/admin/keys?status=active" />
        <Stat label={stats.projects} value={site.projects} href="/admin/projects">
          {site.suspendedProjects > 0 ? stats.suspended(site.suspendedProjects) : null}
        </Stat>
        <Stat label={stats.apis} value={site.apis} href="/admin/apis" />
        <Stat label={stats.serviceTokens} value={site.serviceTokens} href="/admin/service-tokens" />
        <Stat label={stats.approvals} value={site.pendingAccess} href="/admin/approvals" />
        <Stat label={stats.users} value={site.users} href="/admin/users" />
      </dl>
      <div className="grid items-start gap-x-4 gap-y-8 lg:grid-cols-2">
        <Findings site={site} />
        <KeyCounts counts={site.keys} countedAt={site.keysCountedAt} />
      </div>
      <Section title={adminText.requests.title} description={adminText.requests.description}>
        <SiteUsagePanel initial={usage} />
      </Section>
      <VerifierLines verifiers={verifiers} nowMs={now()} />
    </div>
  );
}

interface StatProps {
  label: string;
  value: number;
  href: string;
  children?: ReactNode;
}

function Stat({ label, value, href, children }: StatProps) {
  return (
    <div className="relative flex flex-col rounded border border-border bg-surface px-4 py-3 transition-colors hover:border-edge has-[a:focus-visible]:border-edge">
      <dt className="text-xs text-muted">
        <Link href={href} className="row-link rounded">
          {label}
        </Link>
      </dt>
      <dd>
        <FormattedNumber value={value} compact className="text-xl font-semibold tracking-tight" />
        {children ? <span className="block text-xs text-muted">{children}</span> : null}
      </dd>
    </div>
  );
}
