import Link from "next/link";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { RestrictionSuggestion } from "#domain/keys/restrictions/schema.ts";
import type { Key } from "#domain/keys/schema.ts";
import { Card } from "../ui/card.tsx";
import { cx } from "../ui/cx.ts";
import { FormattedNumber } from "../ui/number.tsx";
import { Table, Td, Th, Thead, Tr } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import type { RestrictionActions } from "./actions.ts";
import { SuggestionButtons } from "./suggestion-buttons.tsx";
import { suggestionText } from "./text.ts";

interface SuggestionProps {
  subject: Pick<Key, "id" | "projectId" | "name" | "restrictions" | "trial">;
  asked: RestrictionSuggestion;
  /** Percent of the checks that may be left out, as the address has it. */
  leaveOutRarest: number;
  update: RestrictionActions["update"];
}

const KIND_WORDS = { apis: "API", ips: "Address", referrers: "Website", apps: "App" };
const SHARES = [0, 1, 5];
const SHOWN = 12;

/** What the key could be restricted to, by what it was really used for, with the numbers. */
export function Suggestion({ subject, asked, leaveOutRarest, update }: SuggestionProps) {
  const { suggestion, why, checks } = asked;
  if (suggestion === null)
    return checks === 0 ? null : <p className="text-sm text-muted">No suggestion: {why}</p>;
  return (
    <Card className="grid gap-4" role="region" aria-label="Suggestion">
      <div className="grid gap-1">
        <h3 className="text-base font-semibold">Suggested by 30 days of traffic</h3>
        <p>{suggestion.sentence}</p>
        {why ? <p className="text-sm text-muted">{why}</p> : null}
        <p className={cx("text-sm", suggestion.wouldRefuse === 0 ? "text-muted" : "text-attention")}>
          {suggestionText(asked, suggestion.wouldRefuse)}
        </p>
      </div>
      <Evidence evidence={suggestion.evidence} />
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <SuggestionButtons
          subject={subject}
          restrictions={suggestion.restrictions as Restrictions}
          harmless={suggestion.wouldRefuse === 0}
          words={suggestionText(asked, suggestion.wouldRefuse)}
          update={update}
        />
        <p className="flex flex-wrap gap-x-3 text-sm text-muted">
          Leave out the rarest:
          {SHARES.map((share) => (
            <Link
              key={share}
              href={`?tab=restrictions&rarest=${share}`}
              scroll={false}
              prefetch={false}
              aria-current={share === leaveOutRarest ? "true" : undefined}
              className={share === leaveOutRarest ? "font-medium text-ink" : "text-accent hover:underline"}
            >
              {share === 0 ? "none" : `${share} %`}
            </Link>
          ))}
        </p>
      </div>
    </Card>
  );
}

type Evidence = NonNullable<RestrictionSuggestion["suggestion"]>["evidence"];

function Evidence({ evidence }: { evidence: Evidence }) {
  return (
    <Table dense aria-label="What was seen">
      <Thead>
        <tr>
          <Th>Kind</Th>
          <Th>Entry</Th>
          <Th numeric>Checks</Th>
          <Th className="max-sm:hidden">Last seen</Th>
        </tr>
      </Thead>
      <tbody>
        {evidence.slice(0, SHOWN).map(({ kind, entry, count, lastSeenAt }) => (
          <Tr key={`${kind} ${entry}`}>
            <Td className="text-sm">{KIND_WORDS[kind]}</Td>
            <Td className="font-mono text-sm break-all whitespace-normal">{entry}</Td>
            <Td numeric>
              <FormattedNumber value={count} />
            </Td>
            <Td className="text-sm max-sm:hidden">{lastSeenAt ? <RelativeTime at={lastSeenAt} /> : null}</Td>
          </Tr>
        ))}
        {evidence.length > SHOWN ? (
          <Tr>
            <Td colSpan={4} className="text-sm text-muted">
              and {evidence.length - SHOWN} more
            </Td>
          </Tr>
        ) : null}
      </tbody>
    </Table>
  );
}
