import type { AuditPage, AuditRecord } from "#domain/audit/schema.ts";
import { Card } from "../ui/card.tsx";
import { Link } from "../ui/link.tsx";
import { CursorPagination } from "../ui/pagination.tsx";
import { RelativeTime } from "../ui/time.tsx";
import type { AuditState } from "./audit-state.ts";
import { type AuditChange, changesOf, channelText, entryText } from "./entry-text.ts";
import { auditText } from "./text.ts";

interface AuditListProps {
  page: AuditPage;
  /** The address of the list without a cursor; may have a query. */
  base: string;
  /** The address of the list filtered by one person or resource; left out where the list has no filters. */
  narrow?: (by: Pick<AuditState, "actor" | "about">) => string;
  /** Of the page that is shown; undefined for the first. */
  cursor: string | undefined;
}

/** The entries of the audit log, newest first. */
export function AuditList({ page, base, narrow, cursor }: AuditListProps) {
  return (
    <div className="grid gap-3">
      <Card flush>
        <ol>
          {page.items.map((record) => (
            <Entry key={record.id} record={record} narrow={narrow} />
          ))}
        </ol>
      </Card>
      <CursorPagination noun={auditText.noun} base={base} cursor={cursor} nextCursor={page.nextCursor} />
    </div>
  );
}

function Entry({ record, narrow }: { record: AuditRecord; narrow: AuditListProps["narrow"] }) {
  const { verb, subject } = entryText(record);
  const changes = changesOf(record);
  const channel = channelText(record.via);
  const from = record.address ? auditText.from(record.address) : null;
  return (
    <li className="grid gap-x-6 gap-y-1 border-b border-border px-4 py-2.5 last:border-b-0 sm:grid-cols-[8.5rem_1fr] sm:px-5">
      <RelativeTime at={record.at} className="w-fit text-sm whitespace-nowrap text-muted" />
      <div className="min-w-0">
        <p>
          <Named name={record.actor.name} href={record.actor.id && narrow?.({ actor: record.actor.id })} />{" "}
          {verb} {subject ? <Named name={subject} href={narrow?.({ about: record.subject.id })} /> : null}
          <span className="text-sm text-muted"> {[channel, from].filter(Boolean).join(", ")}</span>
        </p>
        {changes.length > 0 ? <Changes changes={changes} /> : null}
      </div>
    </li>
  );
}

/** A person or resource. The link filters the list by it. */
function Named({ name, href }: { name: string; href: string | null | undefined }) {
  if (!href) return <span className="font-medium">{name}</span>;
  return (
    <Link href={href} className="inline-block py-0.5 font-medium hover:underline">
      {name}
    </Link>
  );
}

/** Longer lists of changes are collapsed. */
const MAX_EXPANDED = 3;

function Changes({ changes }: { changes: AuditChange[] }) {
  if (changes.length <= MAX_EXPANDED) return <ChangeList changes={changes} />;
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer rounded py-1 text-muted hover:text-ink">
        {auditText.fields(changes.length)}
      </summary>
      <ChangeList changes={changes} />
    </details>
  );
}

function ChangeList({ changes }: { changes: AuditChange[] }) {
  return (
    <ul className="text-sm text-muted">
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          <span className="font-medium">{field}:</span>{" "}
          {before !== null ? <del className="decoration-edge">{before}</del> : null}
          {before !== null && after !== null ? " → " : null}
          {after !== null ? <ins className="text-ink no-underline">{after}</ins> : null}
        </li>
      ))}
    </ul>
  );
}
