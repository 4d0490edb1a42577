import type {
  ListedReferenceOperation,
  ReferenceGroup,
  ReferenceOverview,
} from "#domain/catalog/reference/overview.ts";
import { Markdown } from "../markdown/markdown.tsx";
import { Badge } from "../ui/badge.tsx";
import { Card, Section } from "../ui/card.tsx";
import { formatDate } from "../ui/format-time.ts";
import { Link } from "../ui/link.tsx";
import { operationHref, referenceHref } from "./links.ts";
import { Method } from "./method.tsx";
import { referenceText as text } from "./text.ts";

/** The operations of an API by tag. Each opens its own page. */
export function OperationList({
  reference: { slug, groups },
  search,
}: {
  reference: Pick<ReferenceOverview, "slug" | "groups">;
  search: string | undefined;
}) {
  return (
    <div className="grid gap-8">
      {groups.map((group) => (
        <Group key={group.tag ?? ""} slug={slug} group={group} search={search} />
      ))}
    </div>
  );
}

function Group({
  slug,
  group: { tag, title, description, operations, count },
  search,
}: {
  slug: string;
  group: ReferenceGroup;
  search: string | undefined;
}) {
  return (
    <Section title={title || text.untagged}>
      {description === "" ? null : <Markdown text={description} below={2} className="text-muted" />}
      {operations.length > 0 ? (
        <Card flush>
          <ul className="divide-y divide-border">
            {operations.map((operation) => (
              <Row key={operation.name} slug={slug} operation={operation} />
            ))}
          </ul>
        </Card>
      ) : null}
      {operations.length < count ? (
        <p>
          <Link
            href={referenceHref(slug, { q: search, tag: tag ?? "" })}
            className="rounded text-sm text-accent underline underline-offset-2"
          >
            {text.more(count)}
          </Link>
        </p>
      ) : null}
    </Section>
  );
}

function Row({ slug, operation }: { slug: string; operation: ListedReferenceOperation }) {
  const { name, method, path, summary, deprecated, sunset } = operation;
  return (
    <li className="relative grid gap-x-4 gap-y-0.5 px-4 py-2.5 hover:bg-hover sm:grid-cols-[4.5rem_minmax(0,1fr)]">
      <Method method={method} className="leading-6" />
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Link href={operationHref(slug, name)} className="row-link rounded font-mono text-sm wrap-anywhere">
            {path}
          </Link>
          {deprecated ? <Badge tone="attention">{text.deprecated}</Badge> : null}
          {sunset ? (
            <Badge tone="attention">{text.sunset(formatDate(Date.parse(sunset), "UTC"))}</Badge>
          ) : null}
        </p>
        <p className="text-sm text-muted">{summary || name}</p>
      </div>
    </li>
  );
}
