import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ApplicationPolicy } from "#components/admin/application-policy.tsx";
import { LeakPolicy } from "#components/admin/leak-policy.tsx";
import { managementTokensText } from "#components/admin/management-tokens-text.ts";
import { policiesText as text } from "#components/admin/policies-text.ts";
import { SecondFactorPolicy } from "#components/admin/second-factor-policy.tsx";
import { secondFactorText } from "#components/admin/second-factor-text.ts";
import { TokenLifetimeForm } from "#components/admin/token-lifetime-form.tsx";
import { UnusedPolicyForm } from "#components/admin/unused-policy-form.tsx";
import { keyRulesText } from "#components/forms/key-rules-text.ts";
import { secretAgeText } from "#components/forms/policy-text.ts";
import { Card } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { uiText } from "#components/ui/text.ts";
import { getPolicies } from "#domain/access/policies/read.ts";
import { readSiteOverview } from "#domain/admin/overview.ts";
import { countMissingFactors } from "#domain/admin/second-factors.ts";
import { readForPage } from "#server/page.ts";
import { dryRunUnused, setPolicies } from "../actions.ts";
import { totalHref } from "../key-counts.tsx";
import { SiteKeyRules, SiteSecretAge } from "./site-policies.tsx";

const { policy: lifetimeText } = managementTokensText;

export const metadata: Metadata = { title: text.title };

/** Requirements for the keys of all projects, for users and for management tokens. */
export default async function PoliciesPage() {
  const [policies, site, missing] = await Promise.all([
    readForPage(getPolicies, {}),
    readForPage(readSiteOverview, {}),
    readForPage(countMissingFactors, {}),
  ]);
  const { unboundLive: unrestricted, liveWithoutApplication: active } = site.keys;
  const inactive = unrestricted - active;
  return (
    <div className="grid max-w-3xl gap-6">
      <PageHeader crumbs={[{ label: uiText.admin, href: "/admin" }]} title={text.title} facts={text.facts} />
      <Policy title={text.application.title} description={text.application.description}>
        <p>
          {unrestricted === 0 ? (
            text.application.allHave
          ) : (
            <>
              <Link
                href={totalHref("unboundLive")}
                className="rounded font-medium text-accent hover:underline"
              >
                {text.application.without(unrestricted)}
              </Link>
              {inactive > 0 ? text.application.inactive(inactive) : null}
            </>
          )}
        </p>
        <ApplicationPolicy
          enabled={policies.liveKeysNeedApplicationRestriction}
          without={unrestricted}
          set={setPolicies}
        />
      </Policy>
      <Policy
        id="unused"
        title={text.unused.title}
        description={
          <>
            {text.unused.description}{" "}
            <Link href="/admin/unused" className="rounded text-accent underline">
              {text.unused.view}
            </Link>
          </>
        }
      >
        <UnusedPolicyForm rule={policies.unusedKeys} set={setPolicies} preview={dryRunUnused} />
      </Policy>
      <Policy
        title={text.leaks.title}
        description={
          <>
            {text.leaks.before}
            <code className="font-mono">{text.leaks.page}</code>
            {text.leaks.after}
          </>
        }
      >
        <LeakPolicy policy={policies.leakedKeys} set={setPolicies} />
      </Policy>
      <Policy
        id="keys"
        title={keyRulesText.title}
        description={
          <>
            {keyRulesText.site}{" "}
            <Link href="/admin/exemptions" className="rounded text-accent underline">
              {keyRulesText.exemptions}
            </Link>
          </>
        }
      >
        <SiteKeyRules rules={policies.keyRules} />
      </Policy>
      <Policy title={secretAgeText.title} description={secretAgeText.description}>
        <SiteSecretAge rule={policies.secretAge} />
      </Policy>
      <Policy
        id="second-factor"
        title={secondFactorText.title}
        description={
          <>
            {secondFactorText.description}{" "}
            <Link href="/admin/users?secondFactor=none" className="rounded text-accent underline">
              {secondFactorText.view}
            </Link>
          </>
        }
      >
        <SecondFactorPolicy policy={policies.secondFactor} missing={missing} set={setPolicies} />
      </Policy>
      <Policy title={lifetimeText.title} description={lifetimeText.description}>
        <TokenLifetimeForm maxDays={policies.managementTokens.maxDays} set={setPolicies} />
      </Policy>
    </div>
  );
}

interface PolicyProps {
  id?: string;
  title: string;
  description: ReactNode;
  children: ReactNode;
}

function Policy({ id, title, description, children }: PolicyProps) {
  return (
    <Card id={id} className="grid gap-4">
      <div className="grid gap-1">
        <h2 className="text-base font-semibold">{title}</h2>
        <p className="text-muted">{description}</p>
      </div>
      {children}
    </Card>
  );
}
