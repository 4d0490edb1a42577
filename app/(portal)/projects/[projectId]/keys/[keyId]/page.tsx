import type { Metadata } from "next";
import { KeyAlert } from "#components/keys/key-alert.tsx";
import { KeyFacts } from "#components/keys/key-facts.tsx";
import { ApprovalAlert, SettingsTab } from "#components/keys/key-tabs.tsx";
import { LeakAlert } from "#components/keys/leak-alert.tsx";
import { isPendingKey } from "#components/keys/state.ts";
import { EnvironmentBadge, KeyStatusLine } from "#components/keys/status.tsx";
import { keysText } from "#components/keys/text.ts";
import { RuleAlert } from "#components/rules/rule-alert.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { TabLinks } from "#components/ui/tabs.tsx";
import { getPolicies } from "#domain/access/policies/read.ts";
import { isAdmin } from "#domain/context.ts";
import { listLeaks } from "#domain/keys/leaks/list.ts";
import { getKeyRuleState } from "#domain/keys/lifecycle/rules/state.ts";
import { keyReactivationBlocker } from "#domain/keys/status.ts";
import { type PageSearch, pageCtx, readForPage, searchOf } from "#server/page.ts";
import { endRuleExemption, exemptFromRules } from "../../../../admin/actions.ts";
import { Denials } from "../../denials/denials.tsx";
import { keyOf, projectOf } from "../../project.ts";
import { Requests } from "../../requests/requests.tsx";
import { approveKey, declineKey, recentTraffic, restoreKey, revokeKey, updateKey } from "../actions.ts";
import { KeyHistory } from "./history.tsx";
import { KeyLimits } from "./limits.tsx";
import { KeyRestrictions } from "./restrictions.tsx";
import { KeySecrets } from "./secrets.tsx";
import { KeyUsage } from "./usage.tsx";

interface KeyPageProps {
  params: Promise<{ projectId: string; keyId: string }>;
  searchParams: PageSearch;
}

const TABS = [
  "usage",
  "restrictions",
  "limits",
  "secrets",
  "requests",
  "denials",
  "history",
  "settings",
] as const;

export async function generateMetadata({ params }: KeyPageProps): Promise<Metadata> {
  const { projectId, keyId } = await params;
  return { title: (await keyOf(projectId, keyId)).name };
}

export default async function KeyPage({ params, searchParams }: KeyPageProps) {
  const { projectId, keyId } = await params;
  const [project, key, leaks, rules, { leakedKeys }, search, ctx] = await Promise.all([
    projectOf(projectId),
    keyOf(projectId, keyId),
    readForPage(listLeaks, { projectId, keyId }),
    readForPage(getKeyRuleState, { projectId, keyId }),
    readForPage(getPolicies, {}),
    searchOf(searchParams),
    pageCtx(),
  ]);
  const { now } = ctx;
  const base = `/projects/${projectId}/keys/${keyId}`;
  const mayChange = project.role !== "viewer";
  const leakPolicy = leakedKeys[key.environment];
  // A revoked key can only be restored, by the button in its alert.
  const tabs = TABS.filter((tab) => tab !== "settings" || (mayChange && key.status !== "revoked"));
  const current = tabs.find((tab) => tab === search.get("tab")) ?? "usage";
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[
          { label: project.name, href: `/projects/${projectId}` },
          { label: keysText.title, href: `/projects/${projectId}/keys` },
        ]}
        title={key.name}
        badges={
          <>
            <EnvironmentBadge environment={key.environment} />
            <KeyStatusLine keyFacts={key} nowMs={now()} />
          </>
        }
        facts={<span className="font-mono text-sm">{key.hint}</span>}
      />
      <LeakAlert
        leaks={leaks.items}
        policy={leakPolicy}
        status={key.status}
        mayChange={mayChange}
        secretsHref={`${base}?tab=secrets`}
      />
      {isPendingKey(key) ? (
        <ApprovalAlert
          subject={key}
          mayDecide={project.role === "owner"}
          actions={{ approve: approveKey, decline: declineKey }}
        />
      ) : (
        <KeyAlert
          subject={key}
          leaked={leaks.items.some(({ alive }) => alive) ? leakPolicy : null}
          blocked={keyReactivationBlocker(ctx, key)}
          nowMs={now()}
          mayChange={mayChange}
          settingsHref={`${base}?tab=settings`}
          restrictionsHref={`${base}?tab=restrictions`}
          actions={{ update: updateKey, restore: restoreKey }}
        />
      )}
      <RuleAlert
        subject={key}
        state={rules}
        mayExempt={isAdmin(ctx.actor)}
        path={base}
        search={search}
        actions={{ exempt: exemptFromRules, end: endRuleExemption }}
      />
      <KeyFacts subject={key} />
      <TabLinks
        label={keysText.tabs.label}
        tabs={tabs.map((tab) => ({
          label: keysText.tabs[tab],
          href: tab === "usage" ? base : `${base}?tab=${tab}`,
          current: tab === current,
        }))}
      />
      {current === "usage" ? <KeyUsage projectId={projectId} keyId={keyId} search={search} /> : null}
      {current === "restrictions" ? (
        <KeyRestrictions subject={key} mayChange={mayChange && key.status !== "revoked"} search={search} />
      ) : null}
      {current === "limits" ? (
        <KeyLimits subject={key} mayChange={mayChange && key.status !== "revoked"} />
      ) : null}
      {current === "secrets" ? (
        <KeySecrets subject={key} mayChange={mayChange && key.status !== "revoked"} />
      ) : null}
      {current === "requests" ? <Requests projectId={projectId} keyId={keyId} search={search} /> : null}
      {current === "denials" ? (
        <Denials
          projectId={projectId}
          keyId={keyId}
          mayChange={mayChange && key.status !== "revoked"}
          search={search}
        />
      ) : null}
      {current === "history" ? <KeyHistory projectId={projectId} keyId={keyId} search={search} /> : null}
      {current === "settings" ? (
        <SettingsTab
          subject={key}
          actions={{ update: updateKey, revoke: revokeKey, restore: restoreKey, recentTraffic }}
          canUndo={leaks.items.length === 0}
        />
      ) : null}
    </div>
  );
}
