import type { Metadata } from "next";
import { eventLabel, securityText as text, wordFor } from "#components/account/security-text.ts";
import { accountText } from "#components/account/text.ts";
import { StatusDot } from "#components/ui/badge.tsx";
import { Alert } from "#components/ui/card.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { listOwnEvents, type OwnEvent } from "#domain/access/security/own-events.ts";
import { type PageSearch, readForPage, searchOf } from "#server/page.ts";

export const metadata: Metadata = { title: text.title };

const PATH = "/account/security";

/** The security events of the user's own account. */
export default async function SecurityPage({ searchParams }: { searchParams: PageSearch }) {
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const page = await readForPage(listOwnEvents, { cursor, limit: 50 });
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: accountText.title, href: "/account" }]}
        title={text.title}
        facts={text.facts}
      />
      <Alert
        tone="inert"
        actions={
          <Link href="/account" className="font-medium underline">
            {text.change}
          </Link>
        }
      >
        {text.notYou}
      </Alert>
      <DataTable
        label={text.title}
        rows={page.items}
        rowKey={({ id }) => id}
        pagination={{ noun: text.noun, base: PATH, cursor, nextCursor: page.nextCursor }}
        empty={<EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>}
        columns={[
          { label: text.columns.event, value: (event) => <EventCell event={event} /> },
          { label: text.columns.by, value: ({ by }) => text.by[by] },
          {
            label: text.columns.address,
            className: "font-mono text-sm wrap-anywhere",
            value: ({ address }) => address ?? "–",
          },
          {
            label: text.columns.time,
            className: "text-muted",
            value: ({ time }) => <RelativeTime at={time} />,
          },
        ]}
      />
    </div>
  );
}

function EventCell({ event: { event, method, reason, token } }: { event: OwnEvent }) {
  const words = [method, reason].flatMap((value) => (value === null ? [] : wordFor(value)));
  const details = token === null ? words : [token, ...words];
  return (
    <div>
      <StatusDot tone={reason === null ? "inert" : "attention"} className="whitespace-normal!">
        {eventLabel(event)}
      </StatusDot>
      {details.length > 0 ? (
        <div className="text-sm text-muted wrap-anywhere">{details.join(" · ")}</div>
      ) : null}
    </div>
  );
}
