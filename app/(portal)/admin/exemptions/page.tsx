import type { Metadata } from "next";
import { ActionButton } from "#components/forms/action-button.tsx";
import { exemptionsText as text } from "#components/rules/exemptions-text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { TabLinks } from "#components/ui/tabs.tsx";
import { uiText } from "#components/ui/text.ts";
import { DateTime, RelativeTime } from "#components/ui/time.tsx";
import { listExemptions } from "#domain/keys/lifecycle/rules/list-exemptions.ts";
import { EXEMPTION_POLICIES } from "#domain/keys/lifecycle/rules/schema.ts";
import { type PageSearch, readForPage, searchOf } from "#server/page.ts";
import { endExemption, endRuleExemption } from "../actions.ts";

export const metadata: Metadata = { title: text.title };

/** Where keys are exempted from each policy. */
const KEYS = { "key-rules": "/admin/keys", unused: "/admin/unused" };

/** The keys that the policies for keys skip. */
export default async function ExemptionsPage({ searchParams }: { searchParams: PageSearch }) {
  const search = await searchOf(searchParams);
  const policy = EXEMPTION_POLICIES.find((each) => each === search.get("policy")) ?? "key-rules";
  const cursor = search.get("cursor") ?? undefined;
  const { items, nextCursor } = await readForPage(listExemptions, { policy, cursor, limit: 50 });
  const end = policy === "unused" ? endExemption : endRuleExemption;
  const base = (of: string) => `/admin/exemptions?policy=${of}`;
  return (
    <div className="grid gap-6">
      <PageHeader crumbs={[{ label: uiText.admin, href: "/admin" }]} title={text.title} facts={text.facts} />
      <TabLinks
        label={text.tabs}
        tabs={(["key-rules", "unused"] as const).map((of) => ({
          label: text.policies[of],
          href: base(of),
          current: of === policy,
        }))}
      />
      <DataTable
        label={text.table}
        rows={items}
        rowKey={({ key }) => key.id}
        empty={
          <EmptyState
            title={text.empty.title}
            action={<ButtonLink href={KEYS[policy]}>{text.empty.action[policy]}</ButtonLink>}
          >
            {text.empty.body[policy]}
          </EmptyState>
        }
        pagination={{ noun: text.noun, base: base(policy), cursor, nextCursor }}
        columns={[
          {
            label: text.columns.key,
            value: ({ key, project }) => (
              <Link
                href={`/projects/${project.id}/keys/${key.id}`}
                className="rounded font-medium hover:underline"
              >
                {key.name}
              </Link>
            ),
          },
          { label: text.columns.project, value: ({ project }) => project.name },
          { label: text.columns.reason, value: ({ reason }) => reason },
          {
            label: text.columns.until,
            value: ({ until }) => (
              <>
                <DateTime at={until} /> (<RelativeTime at={until} />)
              </>
            ),
          },
          { label: text.columns.by, value: ({ by }) => by, from: "md" },
          {
            label: text.columns.actions,
            hideLabel: true,
            value: ({ key }) => (
              <ActionButton
                size="sm"
                about={text.endAbout(key.name)}
                action={end.bind(null, { keyId: key.id })}
              >
                {text.end}
              </ActionButton>
            ),
          },
        ]}
      />
    </div>
  );
}
