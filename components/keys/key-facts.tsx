import { countEntries } from "#core/restrictions/kinds.ts";
import type { Key } from "#domain/keys/schema.ts";
import { Card, Fact, Facts } from "../ui/card.tsx";
import { CopyText } from "../ui/copy.tsx";
import { Link } from "../ui/link.tsx";
import { DateTime, RelativeTime } from "../ui/time.tsx";
import { FilterLink, Tags } from "./filter-link.tsx";
import { RestrictionIcons } from "./restriction-icons.tsx";
import { KeyApis } from "./status.tsx";
import { keysText } from "./text.ts";

const text = keysText.properties;

/** The facts of a key besides its name and status. */
export function KeyFacts({ subject }: { subject: Key }) {
  const { projectId } = subject;
  const metadata = Object.entries(subject.metadata);
  return (
    <Card>
      <Facts>
        <Fact label={text.id}>
          <CopyText text={subject.id} label={text.copyId} />
        </Fact>
        <Fact label={text.apis}>
          <KeyApis slugs={subject.restrictions.apis.map((entry) => entry.api)} />
        </Fact>
        <Fact label={text.restrictedTo}>
          <RestrictionIcons counts={countEntries(subject.restrictions)} inWords />
        </Fact>
        <Fact label={text.lastUsed}>
          {subject.lastUsedAt ? (
            <RelativeTime at={subject.lastUsedAt} />
          ) : (
            <span className="text-muted">{keysText.never}</span>
          )}
        </Fact>
        <Fact label={text.expires}>
          {subject.expiresAt ? (
            <>
              <DateTime at={subject.expiresAt} />
              <span className="text-muted">
                {" "}
                (<RelativeTime at={subject.expiresAt} />)
              </span>
            </>
          ) : (
            keysText.never
          )}
        </Fact>
        <Fact label={text.created}>
          <RelativeTime at={subject.createdAt} />
          <span className="text-muted"> {text.by(subject.createdBy.name)}</span>
        </Fact>
        {subject.externalId === null ? null : (
          <Fact label={text.externalId}>
            <Link
              href={`/projects/${projectId}/customers?id=${encodeURIComponent(subject.externalId)}`}
              className="hover:underline"
            >
              {subject.externalId}
            </Link>
          </Fact>
        )}
        {subject.tags.length === 0 ? null : (
          <Fact label={text.tags}>
            <Tags projectId={projectId} tags={subject.tags} />
          </Fact>
        )}
        {metadata.length === 0 ? null : (
          <Fact label={text.metadata}>
            {metadata.map(([name, value]) => {
              const entry = `${name}=${value}`;
              return (
                <FilterLink key={name} projectId={projectId} filter={{ metadata: entry }} className="block">
                  {entry}
                </FilterLink>
              );
            })}
          </Fact>
        )}
      </Facts>
      {subject.description === "" ? null : (
        <p className="mt-4 max-w-prose whitespace-pre-line text-sm">{subject.description}</p>
      )}
    </Card>
  );
}
