import { countEntries } from "#core/restrictions/kinds.ts";
import type { Key } from "#domain/keys/types.ts";
import { Card, Fact, Facts } from "../ui/card.tsx";
import { CopyText } from "../ui/copy.tsx";
import { DateTime, RelativeTime } from "../ui/time.tsx";
import { RestrictionMarks } from "./restriction-marks.tsx";
import { KeyApis } from "./status.tsx";

/** What is known about a key besides its name and state. */
export function KeyFacts({ subject }: { subject: Key }) {
  return (
    <Card>
      <Facts>
        <Fact label="Id">
          <CopyText text={subject.id} label="Copy the key's id" />
        </Fact>
        <Fact label="APIs it may call">
          <KeyApis slugs={subject.restrictions.apis.map((entry) => entry.api)} />
        </Fact>
        <Fact label="Restricted by">
          <RestrictionMarks counts={countEntries(subject.restrictions)} />
        </Fact>
        <Fact label="Last used">
          {subject.lastUsedAt ? (
            <RelativeTime at={subject.lastUsedAt} />
          ) : (
            <span className="text-muted">Never</span>
          )}
        </Fact>
        <Fact label="Expires">
          {subject.expiresAt ? (
            <>
              <DateTime at={subject.expiresAt} />
              <span className="text-muted">
                {" "}
                (<RelativeTime at={subject.expiresAt} />)
              </span>
            </>
          ) : (
            "Never"
          )}
        </Fact>
        <Fact label="Created">
          <RelativeTime at={subject.createdAt} />
          <span className="text-muted"> by {subject.createdBy.name}</span>
        </Fact>
      </Facts>
    </Card>
  );
}
