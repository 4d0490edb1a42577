import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { StatusDot } from "#components/ui/badge.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card, Notice, Section } from "#components/ui/card.tsx";
import { Num } from "#components/ui/num.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Refresher } from "#components/ui/refresher.tsx";
import { readSiteOverview } from "#domain/admin/overview.ts";
import type { VerifierRecord } from "#domain/admin/types.ts";
import { listVerifiers } from "#domain/admin/verifiers.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { FirstSteps } from "./first-steps.tsx";
import { lagWords, verifierState } from "./verifier-state.ts";

export const metadata: Metadata = { title: "Admin" };

/** The site at a glance: does it answer, what waits, what is there. */
export default async function AdminPage() {
  const [site, { items: verifiers }, { now }] = await Promise.all([
    readForPage(readSiteOverview, {}),
    readForPage(listVerifiers, {}),
    pageCtx(),
  ]);
  return (
    <div className="grid gap-8">
      <Refresher everyMs={10_000} />
      <PageHeader title="Admin" facts="The site at a glance." />
      {site.pendingAccess > 0 ? (
        <Notice
          actions={
            <ButtonLink size="sm" href="/admin/approvals">
              Decide
            </ButtonLink>
          }
        >
          {site.pendingAccess === 1
            ? "A project waits to be let into an API."
            : `${site.pendingAccess} requests for an API wait for a decision.`}
        </Notice>
      ) : null}
      {site.unrestrictedLive > 0 ? (
        <Notice
          actions={
            <ButtonLink size="sm" href="/admin/keys?status=active&environment=live&restricted=none">
              See them
            </ButtonLink>
          }
        >
          {site.unrestrictedLive === 1
            ? "A live key works from anywhere, for everything."
            : `${site.unrestrictedLive} live keys work from anywhere, for everything.`}
        </Notice>
      ) : null}
      <FirstSteps site={site} />
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
        <Figure label="Checks in 24 hours" value={site.checks} href="/admin/verifiers">
          {site.refused === 0 ? "none refused" : <Num value={site.refused} compact />}
          {site.refused === 0 ? null : " refused"}
        </Figure>
        <Figure label="Active keys" value={site.activeKeys} href="/admin/keys?status=active" />
        <Figure label="Projects" value={site.projects} href="/admin/projects">
          {site.suspendedProjects > 0 ? `${site.suspendedProjects} suspended` : null}
        </Figure>
        <Figure label="APIs" value={site.apis} href="/admin/apis" />
        <Figure label="Service tokens" value={site.serviceTokens} href="/admin/service-tokens" />
        <Figure label="Users" value={site.users} href="/admin/users" />
      </dl>
      <Section title="Verifiers" description="Who answers checks, and whether each knows of every change.">
        <Card flush>
          {verifiers.length > 0 ? (
            <ul>
              {verifiers.map((verifier) => (
                <VerifierLine key={verifier.id} verifier={verifier} nowMs={now()} />
              ))}
            </ul>
          ) : (
            <p className="px-5 py-4 text-muted">No verifier runs. The portal answers checks alone.</p>
          )}
        </Card>
      </Section>
    </div>
  );
}

interface FigureProps {
  label: string;
  value: number;
  href: string;
  children?: ReactNode;
}

function Figure({ label, value, href, children }: FigureProps) {
  return (
    <div className="relative flex flex-col rounded border border-border bg-surface px-4 py-3 transition-colors hover:border-edge has-[a:focus-visible]:border-edge">
      <dt className="text-xs text-muted">
        <Link href={href} className="rounded after:absolute after:inset-0">
          {label}
        </Link>
      </dt>
      <dd>
        <Num value={value} compact className="text-xl font-semibold tracking-tight" />
        {children ? <span className="block text-xs text-muted">{children}</span> : null}
      </dd>
    </div>
  );
}

function VerifierLine({ verifier, nowMs }: { verifier: VerifierRecord; nowMs: number }) {
  const state = verifierState(verifier, nowMs);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b border-border px-5 py-3 last:border-b-0">
      <span className="font-medium">{verifier.address}</span>
      <StatusDot tone={state.tone} near={verifier.behind > 0 ? `${lagWords(verifier)} behind` : undefined}>
        {state.word}
      </StatusDot>
    </li>
  );
}
