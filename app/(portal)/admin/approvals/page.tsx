import type { Metadata } from "next";
import Link from "next/link";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { nextPageHref } from "#components/ui/url-state.ts";
import { listPendingAccess } from "#domain/catalog/enablement/pending.ts";
import type { PendingAccess } from "#domain/catalog/enablement/types.ts";
import { readForPage } from "#server/page.ts";
import { type PageSearch, searchOf } from "#server/search.ts";
import { approveAccess, declineAccess } from "./actions.ts";

export const metadata: Metadata = { title: "Approvals" };

/** Projects that wait to be let into an API. */
export default async function ApprovalsPage({ searchParams }: { searchParams: PageSearch }) {
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const { items, nextCursor } = await readForPage(listPendingAccess, { cursor, limit: 50 });
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: "Admin", href: "/admin" }]}
        title="Approvals"
        facts="Projects that asked for an API whose access is by approval. Who waits longest is first."
      />
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
          <EmptyState title="Nobody waits">
            When an API's access is by approval, a project that enables it waits here until you decide. Its
            keys are refused there meanwhile.
          </EmptyState>
        </Card>
      )}
      <Pagination
        noun="requests"
        shown={null}
        firstHref={cursor === undefined ? null : "/admin/approvals"}
        nextHref={nextPageHref("/admin/approvals", nextCursor)}
      />
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
          <span className="text-muted">wants</span>{" "}
          <Link href={`/apis/${api.slug}`} className="rounded font-medium hover:underline">
            {api.name}
          </Link>
        </p>
        <p className="text-sm text-muted">
          Asked by {requestedBy.name}, <RelativeTime at={requestedAt} />
        </p>
      </div>
      <div className="flex gap-2">
        <ConfirmButton
          size="sm"
          label="Decline…"
          about={`Decline ${api.name} for ${project.name}…`}
          title={`Decline ${api.name} for ${project.name}?`}
          confirm="Decline"
          fields={<MessageField hint="Its members read it, and can ask again." />}
          action={declineAccess.bind(null, input)}
        >
          <p>The project's keys stay refused there.</p>
        </ConfirmButton>
        <ConfirmButton
          size="sm"
          variant="primary"
          label="Approve…"
          about={`Approve ${api.name} for ${project.name}…`}
          title={`Let ${project.name} use ${api.name}?`}
          confirm="Approve"
          harmless
          fields={<MessageField hint="Its members read it." />}
          action={approveAccess.bind(null, input)}
        >
          <p>Its keys work there within a second, except those whose restrictions leave this API out.</p>
        </ConfirmButton>
      </div>
    </li>
  );
}

function MessageField({ hint }: { hint: string }) {
  return (
    <Field name="message" label="Message" optional hint={hint}>
      <Textarea name="message" maxLength={500} />
    </Field>
  );
}
