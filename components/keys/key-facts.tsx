import { countEntries } from "#core/restrictions/kinds.ts";
import type { Key } from "#domain/keys/schema.ts";
import { Card, Fact, Facts } from "../ui/card.tsx";
import { CopyText } from "../ui/copy.tsx";
import { DateTime, RelativeTime } from "../ui/time.tsx";
import { RestrictionIcons } from "./restriction-icons.tsx";
import { KeyApis } from "./status.tsx";
import { keysText } from "./text.ts";

const text = keysText.facts;

/** The facts of a key besides its name and status. */
export function KeyFacts({ subject }: { subject: Key }) {
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
          <RestrictionIcons counts={countEntries(subject.restrictions)} />
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
      </Facts>
    </Card>
  );
}
