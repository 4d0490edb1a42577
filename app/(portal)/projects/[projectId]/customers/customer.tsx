import { RevokeAll } from "#components/customers/revoke-all.tsx";
import { customersText as text } from "#components/customers/text.ts";
import { KEY_LIST } from "#components/keys/list-state.ts";
import { EnvironmentBadge, KeyStatusLine } from "#components/keys/status.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Section } from "#components/ui/card.tsx";
import { DataTable, RowLink } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { Link } from "#components/ui/link.tsx";
import { FormattedNumber } from "#components/ui/number.tsx";
import { FactLine, PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { getCustomer } from "#domain/keys/customers/list.ts";
import { listDenials } from "#domain/keys/denials/list.ts";
import { listDenialsSchema } from "#domain/keys/denials/schema.ts";
import { listKeysForPage } from "#domain/keys/list.ts";
import { listKeysSchema } from "#domain/keys/schema.ts";
import type { ProjectDetail } from "#domain/projects/schema.ts";
import { readUsage } from "#domain/usage/read.ts";
import { readUsageSchema } from "#domain/usage/schema.ts";
import { pageCtx, pageInput, readForPage } from "#server/page.ts";
import { revokeCustomerKeys } from "./actions.ts";

const { customer, columns } = text;

const KEYS_SHOWN = 100;
const DENIALS_SHOWN = 20;

/** Everything about one external ID: its keys, their usage, their denied requests, and the end of all of them. */
export async function CustomerPage({ project, externalId }: { project: ProjectDetail; externalId: string }) {
  const projectId = project.id;
  const filter = { projectId, externalId };
  const ofKeys = { ...filter, groupBy: "key", interval: "day", limit: KEYS_SHOWN };
  const [total, keys, all, allowed, denials, { now }] = await Promise.all([
    readForPage(getCustomer, filter),
    readForPage(listKeysForPage, pageInput(listKeysSchema, { ...filter, limit: KEYS_SHOWN, sort: "status" })),
    readForPage(readUsage, pageInput(readUsageSchema, ofKeys)),
    readForPage(readUsage, pageInput(readUsageSchema, { ...ofKeys, outcome: "allowed" })),
    readForPage(listDenials, pageInput(listDenialsSchema, { ...filter, limit: DENIALS_SHOWN })),
    pageCtx(),
  ]);
  const mayChange = project.role !== "viewer";
  const totals = (usage: typeof all) => new Map(usage.series.map(({ group, total }) => [group, total]));
  const [requests, valid] = [totals(all), totals(allowed)];
  const base = `/projects/${projectId}`;
  return (
    <div className="grid gap-8">
      <PageHeader
        crumbs={[
          { label: project.name, href: base },
          { label: text.title, href: `${base}/customers` },
        ]}
        title={<span className="wrap-anywhere">{externalId}</span>}
        facts={
          <FactLine
            items={[
              { key: "keys", value: customer.facts(total.active, total.keys) },
              { key: "requests", value: customer.requests(allowed.total, all.total - allowed.total) },
            ]}
          />
        }
        actions={
          <>
            <ButtonLink href={`${base}/usage?range=30d&externalId=${encodeURIComponent(externalId)}`}>
              {customer.usage}
            </ButtonLink>
            {mayChange && total.keys > 0 ? (
              <RevokeAll
                projectId={projectId}
                externalId={externalId}
                count={total.keys}
                revoke={revokeCustomerKeys}
              />
            ) : null}
          </>
        }
      />
      <Section title={customer.keys} description={customer.keysDescription}>
        <DataTable
          label={customer.keys}
          rows={keys.items}
          rowKey={({ id }) => id}
          empty={<EmptyState title={customer.noKeys}>{customer.noKeysBody}</EmptyState>}
          columns={[
            {
              label: columns.key,
              value: ({ id, name, environment }) => (
                <span className="flex flex-wrap items-center gap-2">
                  <RowLink href={`${base}/keys/${id}`}>{name}</RowLink>
                  <EnvironmentBadge environment={environment} />
                </span>
              ),
            },
            { label: columns.status, value: (key) => <KeyStatusLine keyFacts={key} nowMs={now()} /> },
            {
              label: columns.allowed,
              numeric: true,
              value: ({ id }) => <FormattedNumber value={valid.get(id) ?? 0} />,
            },
            {
              label: columns.denied,
              numeric: true,
              value: ({ id }) => (
                <FormattedNumber value={Math.max(0, (requests.get(id) ?? 0) - (valid.get(id) ?? 0))} />
              ),
            },
            {
              label: columns.lastUsed,
              value: ({ lastUsedAt }) => (lastUsedAt ? <RelativeTime at={lastUsedAt} /> : text.never),
            },
          ]}
        />
        {keys.nextCursor === null ? null : (
          <Link href={KEY_LIST.href(`${base}/keys`, { externalId })} className="text-accent underline">
            {customer.more}
          </Link>
        )}
      </Section>
      <Section title={customer.denials} description={customer.denialsDescription}>
        <DataTable
          label={customer.denials}
          rows={denials.items}
          rowKey={({ id }) => id}
          empty={<p className="px-4 py-3 text-muted">{customer.noDenials}</p>}
          columns={[
            { label: columns.time, value: ({ time }) => <RelativeTime at={time} /> },
            {
              label: columns.key,
              value: ({ keyId, keyName }) => (
                <RowLink href={`${base}/keys/${keyId}?tab=denials`}>{keyName}</RowLink>
              ),
            },
            {
              label: columns.reason,
              className: "wrap-anywhere",
              value: ({ code, words }) => (
                <>
                  <Badge tone="bad" className="font-mono">
                    {code}
                  </Badge>{" "}
                  <span className="text-sm text-muted">{words}</span>
                </>
              ),
            },
          ]}
        />
      </Section>
    </div>
  );
}
