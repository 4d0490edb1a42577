import { RestrictionTab } from "#components/keys/key-tabs.tsx";
import {
  entriesOf,
  explainRequestOf,
  linkedEntriesToCheck,
  nameOf,
  type RowResults,
  resultsByRow,
} from "#components/restrictions/entry-results.ts";
import { type LinkedEntry, linkedCallOf, linkedEntriesOf } from "#components/restrictions/linked-entries.ts";
import { isOperations } from "#components/restrictions/lists.ts";
import { Suggestion } from "#components/restrictions/suggestion.tsx";
import { restrictionsText } from "#components/restrictions/text.ts";
import { Section } from "#components/ui/card.tsx";
import { restrictedBy } from "#core/restrictions/kinds.ts";
import { listEnabledApis } from "#domain/catalog/enablement/enabled-apis.ts";
import { explainEntries } from "#domain/keys/restrictions/explain.ts";
import { explainEntriesSchema } from "#domain/keys/restrictions/schema.ts";
import { suggestRestrictions } from "#domain/keys/restrictions/suggest.ts";
import type { Key } from "#domain/keys/schema.ts";
import { readForPage } from "#server/page.ts";
import { seenIpAddress } from "#server/seen-ip-address.ts";
import { updateKey } from "../actions.ts";
import { readReportOnlyPanel } from "./read-report-only.ts";

interface KeyRestrictionsProps {
  subject: Key;
  mayChange: boolean;
  search: URLSearchParams;
}

export async function KeyRestrictions({ subject, mayChange, search }: KeyRestrictionsProps) {
  const { projectId } = subject;
  const linked = mayChange ? linkedEntriesOf(search) : [];
  const leaveOutRarest = rarestOf(search);
  const [apis, seen, initialResults, reportOnly, suggested] = await Promise.all([
    readForPage(listEnabledApis, { projectId, named: namedOperations(subject, linked) }),
    seenIpAddress(),
    entryResults(subject, linked),
    subject.trial ? readForPage(readReportOnlyPanel, { projectId, keyId: subject.id }) : null,
    mayChange ? readForPage(suggestRestrictions, { projectId, keyId: subject.id, leaveOutRarest }) : null,
  ]);
  return (
    <Section
      title={restrictionsText.title}
      description={
        restrictedBy(subject.restrictions) === "" ? (
          <span className="text-attention">{restrictionsText.unrestricted}</span>
        ) : (
          restrictionsText.matchEach
        )
      }
    >
      {suggested ? (
        <Suggestion subject={subject} result={suggested} leaveOutRarest={leaveOutRarest} update={updateKey} />
      ) : null}
      <RestrictionTab
        subject={subject}
        initialResults={initialResults}
        reportOnly={reportOnly}
        apis={apis}
        seen={seen}
        editing={
          mayChange
            ? {
                linked,
                linkedCall: linkedCallOf(search),
                fromReportOnly: search.get("from") === "trial",
                actions: { update: updateKey },
              }
            : null
        }
      />
    </Section>
  );
}

/** The operations that the editor shows initially. */
function namedOperations({ restrictions, trial }: Key, linked: LinkedEntry[]) {
  const stored = [...restrictions.apis, ...(trial?.apis ?? [])].flatMap(({ api, operations }) =>
    operations.map((operation) => ({ api, operation })),
  );
  const named = linked.flatMap((entry) =>
    "operation" in entry && entry.operation !== null ? [{ api: entry.api, operation: entry.operation }] : [],
  );
  return [...stored, ...named];
}

/** Percent of requests that a suggestion may ignore, from the URL. */
function rarestOf(search: URLSearchParams): number {
  const percent = Number(search.get("rarest") ?? 0);
  return percent >= 0 && percent <= 5 ? percent : 0;
}

/** What the initial entries mean, so that the first render has it. */
async function entryResults(
  { projectId, restrictions, trial }: Key,
  linked: LinkedEntry[],
): Promise<RowResults> {
  const stored = [entriesOf(restrictions), trial ? entriesOf(trial) : []];
  // One set at a time: each may have as many entries as one request may carry.
  const answers = await Promise.all(
    [...stored, linkedEntriesToCheck(linked)].map(async (entries) => {
      const query = explainEntriesSchema.parse({ projectId, ...explainRequestOf(entries) });
      return resultsByRow(entries, await readForPage(explainEntries, query));
    }),
  );
  // Saved entries may stay when the API or operation no longer exists; only new entries must exist.
  const staying = new Map(
    stored
      .flat()
      .filter(({ list }) => isOperations(list))
      .map((entry) => [nameOf(entry), entry.fields.join("@")]),
  );
  return answers.flat().map(([name, result]) => {
    const text = result.ok ? undefined : staying.get(name);
    return [
      name,
      text === undefined
        ? result
        : { ok: true, text, meaning: restrictionsText.noLongerCallable, notices: [] },
    ] as const;
  });
}
