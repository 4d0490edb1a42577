import type { Metadata } from "next";
import { adminText } from "#components/admin/text.ts";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { CursorPagination } from "#components/ui/pagination.tsx";
import { uiText } from "#components/ui/text.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import { listPendingAccess } from "#domain/catalog/enablement/pending.ts";
import type { PendingAccess } from "#domain/catalog/enablement/schema.ts";
import { type PageSearch, readForPage, searchOf } from "#server/page.ts";
import { approveAccess, declineAccess } from "../actions.ts";

const text = adminText.approvals;

export const metadata: Metadata = { title: text.title };

/** Projects that requested access to an API. */
export default async function ApprovalsPage({ searchParams }: { searchParams: PageSearch }) {
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const { items, nextCursor } = await readForPage(listPendingAccess, { cursor, limit: 50 });
  return (
    <div className="grid gap-6">
      <PageHeader crumbs={[{ label: uiText.admin, href: "/admin" }]} title={text.title} facts={text.facts} />
      {items.length > 0 ? (
        <Card flush>
          <ul>
            {items.map((request) => (
              <Row key={`${request.project.id} ${request.api.slug}`} request={request} />
            ))}
          </ul>
        </Card>
      ) : (
        <Card flush>
          <EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>
        </Card>
      )}
      <CursorPagination noun={text.noun} base="/admin/approvals" cursor={cursor} nextCursor={nextCursor} />
    </div>
  );
}

function Row({ request }: { request: PendingAccess }) {
  const { project, api, requestedBy, requestedAt } = request;
  const input = { projectId: project.id, slug: api.slug };
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-b border-border px-4 py-3 last:border-b-0 sm:px-5">
      <div className="min-w-0 flex-1 basis-72">
        <p>
          <Link href={`/projects/${project.id}`} className="rounded font-medium hover:underline">
            {project.name}
          </Link>{" "}
          <span className="text-muted">
            {request.plan ? text.requestsPlan(request.plan.name, request.enabled) : text.requests}
          </span>{" "}
          <Link href={`/apis/${api.slug}`} className="rounded font-medium hover:underline">
            {api.name}
          </Link>
        </p>
        <p className="text-sm text-muted">
          {text.requestedBy(requestedBy.name)}
          <RelativeTime at={requestedAt} />
        </p>
        {request.reason ? <p className="max-w-prose text-sm whitespace-pre-line">{request.reason}</p> : null}
      </div>
      <div className="flex gap-2">
        <ConfirmButton
          size="sm"
          label={text.decline.label}
          about={text.decline.about(api.name, project.name)}
          title={text.decline.title(api.name, project.name)}
          confirm={text.decline.confirm}
          fields={<MessageField hint={text.declineHint} />}
          action={declineAccess.bind(null, input)}
        >
          <p>{request.enabled ? text.decline.planEffect : text.decline.effect}</p>
        </ConfirmButton>
        <ConfirmButton
          size="sm"
          variant="primary"
          label={text.approve.label}
          about={text.approve.about(api.name, project.name)}
          title={text.approve.title(api.name, project.name)}
          confirm={text.approve.confirm}
          harmless
          fields={<MessageField hint={text.messageHint} />}
          action={approveAccess.bind(null, input)}
        >
          <p>
            {request.enabled && request.plan
              ? text.approve.planEffect(request.plan.name)
              : text.approve.effect}
          </p>
        </ConfirmButton>
      </div>
    </li>
  );
}

function MessageField({ hint }: { hint: string }) {
  return (
    <Field name="message" label={text.message} optional hint={hint}>
      <Textarea name="message" maxLength={500} />
    </Field>
  );
}
