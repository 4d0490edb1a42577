import type { Metadata } from "next";
import Link from "next/link";
import { ApplicationRule } from "#components/admin/application-rule.tsx";
import { LeakRule } from "#components/admin/leak-rule.tsx";
import { UnusedRule } from "#components/admin/unused-rule.tsx";
import { Card } from "#components/ui/card.tsx";
import { formatNumber } from "#components/ui/format.ts";
import { FormattedNumber } from "#components/ui/number.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { getPolicies } from "#domain/access/policies/get.ts";
import { readSiteOverview } from "#domain/admin/overview.ts";
import { readForPage } from "#server/page.ts";
import { figureHref } from "../figure-href.ts";
import { dryRunUnused, setPolicies } from "./actions.ts";
import { SiteSecretAge } from "./secret-age.tsx";

export const metadata: Metadata = { title: "Rules" };

/** What administrators demand of every project's keys. */
export default async function RulesPage() {
  const [policies, site] = await Promise.all([
    readForPage(getPolicies, {}),
    readForPage(readSiteOverview, {}),
  ]);
  const { unboundLive: unbound, liveWithoutApplication: active } = site.keys;
  const idle = unbound - active;
  return (
    <div className="grid max-w-3xl gap-6">
      <PageHeader
        crumbs={[{ label: "Admin", href: "/admin" }]}
        title="Rules"
        facts="What is demanded of every project's keys."
      />
      <Card className="grid gap-4">
        <div className="grid gap-1">
          <h2 className="text-base font-semibold">Live keys must have an application restriction</h2>
          <p className="text-muted">
            A live key can be made only with a restriction to addresses, websites or apps, and its last one
            can't be taken away. Test keys are free. Keys that are there already stay as they are, and are
            listed.
          </p>
        </div>
        <p>
          {unbound === 0 ? (
            "Every live key has one."
          ) : (
            <>
              <Link
                href={figureHref("unboundLive")}
                className="rounded font-medium text-accent hover:underline"
              >
                <FormattedNumber value={unbound} unit="live key" /> {unbound === 1 ? "has" : "have"} none
              </Link>
              {idle > 0 ? `, ${formatNumber(idle)} of them off or expired` : null}
            </>
          )}
        </p>
        <ApplicationRule
          on={policies.liveKeysNeedApplicationRestriction}
          without={unbound}
          set={setPolicies}
        />
      </Card>
      <Card id="unused" className="grid gap-4">
        <div className="grid gap-1">
          <h2 className="text-base font-semibold">Keys that nobody uses</h2>
          <p className="text-muted">
            Looked at once a day. A key that is used, restored or switched on begins anew; exempt keys and
            those of suspended projects are left alone. Where owners are told, nothing is done before they
            were.{" "}
            <Link href="/admin/unused" className="rounded text-accent underline">
              See them
            </Link>
          </p>
        </div>
        <UnusedRule rule={policies.unusedKeys} set={setPolicies} tryOut={dryRunUnused} />
      </Card>
      <Card className="grid gap-4">
        <div className="grid gap-1">
          <h2 className="text-base font-semibold">When a key is found in public</h2>
          <p className="text-muted">
            Its owners are always told, with where it was found. Reports come from GitHub, from your own
            scanners, and from <code className="font-mono">/found-a-key</code>.
          </p>
        </div>
        <LeakRule rule={policies.leakedKeys} set={setPolicies} />
      </Card>
      <Card className="grid gap-4">
        <div className="grid gap-1">
          <h2 className="text-base font-semibold">The age of secrets</h2>
          <p className="text-muted">
            For every project; its owners can set a stricter one. A rotation begins anew.
          </p>
        </div>
        <SiteSecretAge rule={policies.secretAge} />
      </Card>
    </div>
  );
}
