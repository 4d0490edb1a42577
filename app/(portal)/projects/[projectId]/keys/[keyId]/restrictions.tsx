import { RestrictionTab } from "#components/keys/key-tabs.tsx";
import { type LinkedEntry, linkedEntriesOf } from "#components/restrictions/linked-entries.ts";
import { isOperations } from "#components/restrictions/lists.ts";
import {
  type Answered,
  answersOf,
  entriesOf,
  linkedEntriesToRead,
  nameOf,
  questionOf,
} from "#components/restrictions/readings.ts";
import { Suggestion } from "#components/restrictions/suggestion.tsx";
import { Section } from "#components/ui/card.tsx";
import { restrictedBy } from "#core/restrictions/kinds.ts";
import { listEnabledApis } from "#domain/catalog/enablement/enabled-apis.ts";
import { explainEntries } from "#domain/keys/restrictions/explain.ts";
import { explainEntriesSchema } from "#domain/keys/restrictions/schema.ts";
import { suggestRestrictions } from "#domain/keys/restrictions/suggest.ts";
import type { Key } from "#domain/keys/schema.ts";
import { readForPage } from "#server/page.ts";
import { seenAddress } from "#server/seen-address.ts";
import { updateKey } from "../actions.ts";
import { readTrialPanel } from "./read-trial.ts";

interface KeyRestrictionsProps {
  subject: Key;
  mayChange: boolean;
  search: URLSearchParams;
}

/** What one key may be used for and from where. */
export async function KeyRestrictions({ subject, mayChange, search }: KeyRestrictionsProps) {
  const { projectId } = subject;
  const wanted = mayChange ? linkedEntriesOf(search) : [];
  const leaveOutRarest = rarestOf(search);
  const [apis, seen, first, trial, suggested] = await Promise.all([
    readForPage(listEnabledApis, { projectId, named: namedOperations(subject, wanted) }),
    seenAddress(),
    readings(subject, wanted),
    subject.trial ? readForPage(readTrialPanel, { projectId, keyId: subject.id }) : null,
    mayChange ? readForPage(suggestRestrictions, { projectId, keyId: subject.id, leaveOutRarest }) : null,
  ]);
  return (
    <Section
      title="Restrictions"
      description={
        restrictedBy(subject.restrictions) === "" ? (
          <span className="text-attention">
            This key works from anywhere, for everything the project may call.
          </span>
        ) : (
          "Every kind that has entries must have one that fits the call."
        )
      }
    >
      {suggested ? (
        <Suggestion subject={subject} asked={suggested} leaveOutRarest={leaveOutRarest} update={updateKey} />
      ) : null}
      <RestrictionTab
        subject={subject}
        first={first}
        trial={trial}
        apis={apis}
        seen={seen}
        editing={
          mayChange
            ? { wanted, fromTrial: search.get("from") === "trial", actions: { update: updateKey } }
            : null
        }
      />
    </Section>
  );
}

/** The operations that the editor shows from the start. */
function namedOperations({ restrictions, trial }: Key, wanted: LinkedEntry[]) {
  const stored = [...restrictions.apis, ...(trial?.apis ?? [])].flatMap(({ api, operations }) =>
    operations.map((operation) => ({ api, operation })),
  );
  const linked = wanted.flatMap((entry) =>
    "operation" in entry && entry.operation !== null ? [{ api: entry.api, operation: entry.operation }] : [],
  );
  return [...stored, ...linked];
}

/** Percent of the checks that a suggestion may leave out, as the address has it. */
function rarestOf(search: URLSearchParams): number {
  const percent = Number(search.get("rarest") ?? 0);
  return percent >= 0 && percent <= 5 ? percent : 0;
}

/** What the entries of the first look mean, so that the page comes with it. */
async function readings({ projectId, restrictions, trial }: Key, wanted: LinkedEntry[]): Promise<Answered> {
  const stored = [entriesOf(restrictions), trial ? entriesOf(trial) : []];
  // One set at a time: each may have as many entries as can be asked about at once.
  const answers = await Promise.all(
    [...stored, linkedEntriesToRead(wanted)].map(async (entries) => {
      const question = explainEntriesSchema.parse({ projectId, ...questionOf(entries) });
      return answersOf(entries, await readForPage(explainEntries, question));
    }),
  );
  const staying = new Map(
    stored
      .flat()
      .filter(({ list }) => isOperations(list))
      .map((entry) => [nameOf(entry), entry.fields.join("@")]),
  );
  return answers.flat().map(([name, reading]) => {
    const text = reading.ok ? undefined : staying.get(name);
    return [name, text === undefined ? reading : { ok: true, text, meaning: MOVED_ON, notices: [] }] as const;
  });
}

/** What a key has may stay when the project or the catalogue has moved on; only new entries are held to them. */
const MOVED_ON = "Nothing that can be called today, but it may stay.";
