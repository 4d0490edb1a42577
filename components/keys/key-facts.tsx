import { countEntries } from "#core/restrictions/kinds.ts";
import type { Key } from "#domain/keys/schema.ts";
import { Card, Fact, Facts } from "../ui/card.tsx";
import { CopyText } from "../ui/copy.tsx";
import { DateTime, RelativeTime } from "../ui/time.tsx";
import { RestrictionIcons } from "./restriction-icons.tsx";
import { KeyApis } from "./status.tsx";
import { TEXT as TEXTS } from "./text.ts";

const TEXT = TEXTS.facts;

/** The facts of a key besides its name and status. */
export function KeyFacts({ subject }: { subject: Key }) {
  return (
    <Card>
      <Facts>
        <Fact label={TEXT.id}>
          <CopyText text={subject.id} label={TEXT.copyId} />
        </Fact>
        <Fact label={TEXT.apis}>
          <KeyApis slugs={subject.restrictions.apis.map((entry) => entry.api)} />
        </Fact>
        <Fact label={TEXT.restrictedTo}>
          <RestrictionIcons counts={countEntries(subject.restrictions)} />
        </Fact>
        <Fact label={TEXT.lastUsed}>
          {subject.lastUsedAt ? (
            <RelativeTime at={subject.lastUsedAt} />
          ) : (
            <span className="text-muted">{TEXTS.never}</span>
          )}
        </Fact>
        <Fact label={TEXT.expires}>
          {subject.expiresAt ? (
            <>
              <DateTime at={subject.expiresAt} />
              <span className="text-muted">
                {" "}
                (<RelativeTime at={subject.expiresAt} />)
              </span>
            </>
          ) : (
            TEXTS.never
          )}
        </Fact>
        <Fact label={TEXT.created}>
          <RelativeTime at={subject.createdAt} />
          <span className="text-muted"> {TEXT.by(subject.createdBy.name)}</span>
        </Fact>
      </Facts>
    </Card>
  );
}
