"use client";

import { useId, useState } from "react";
import type { EnabledApi } from "#domain/catalog/enablement/schema.ts";
import { Checkbox, Radio } from "../ui/checkbox.tsx";
import { FilterInput } from "../ui/filter.tsx";
import type { ApiChoice, Draft, DraftChange } from "./draft.ts";
import { emptyApis } from "./draft.ts";
import { EntryRows } from "./entry-rows.tsx";
import { operationsOf } from "./lists.ts";
import { restrictionsText } from "./text.ts";
import type { ResultOf } from "./use-entry-results.ts";
import { useOperations } from "./use-operations.ts";

const TEXT = restrictionsText.apis;

/** A longer list has a search field. */
const MAX_WITHOUT_SEARCH = 12;

/** More operations are only found by search. */
const MAX_SHOWN = 200;

interface OperationChooserProps {
  projectId: string;
  api: EnabledApi;
  choice: ApiChoice;
  draft: Draft;
  resultOf: ResultOf;
  change: (change: DraftChange) => void;
}

/** All operations of an API, or selected ones: by name or by prefix. */
export function OperationChooser({ projectId, api, choice, draft, resultOf, change }: OperationChooserProps) {
  const name = useId();
  const none = choice.scopes?.length !== 0 && emptyApis(draft).includes(api.slug);
  return (
    <fieldset
      aria-label={TEXT.operationsOf(api.name)}
      data-invalid={(!choice.whole && none) || undefined}
      className="ml-6.5 grid gap-2"
    >
      <div className="flex flex-wrap gap-x-6">
        <Radio
          name={name}
          label={TEXT.all}
          checked={choice.whole}
          onChange={() => change({ kind: "whole", api: api.slug, whole: true })}
        />
        <Radio
          name={name}
          label={TEXT.some}
          checked={!choice.whole}
          onChange={() => change({ kind: "whole", api: api.slug, whole: false })}
        />
      </div>
      {choice.whole ? null : (
        <div className="grid gap-3 border-l border-border pl-4">
          {none ? (
            <p role="status" className="text-sm font-medium text-bad">
              {TEXT.chooseOne}
            </p>
          ) : null}
          <Operations projectId={projectId} api={api} choice={choice} change={change} />
          <EntryRows
            list={operationsOf(api.slug)}
            label={TEXT.prefixesOf(api.name)}
            draft={draft}
            resultOf={resultOf}
            change={change}
          />
        </div>
      )}
    </fieldset>
  );
}

type OperationsProps = Pick<OperationChooserProps, "projectId" | "api" | "choice" | "change">;

function Operations({ projectId, api, choice, change }: OperationsProps) {
  const [search, setSearch] = useState("");
  const { operations, more } = useOperations(projectId, api, choice.ticked, search.trim().toLowerCase());
  if (api.complete && api.operations.length === 0) {
    return <p className="text-sm text-muted">{TEXT.unlisted}</p>;
  }
  const shown = operations.slice(0, MAX_SHOWN);
  return (
    <div className="grid gap-2">
      {!api.complete || api.operations.length > MAX_WITHOUT_SEARCH ? (
        <FilterInput
          type="search"
          aria-label={TEXT.findOf(api.name)}
          placeholder={TEXT.find}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          // Inside a form, Enter would submit the form.
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          className="max-w-72"
        />
      ) : null}
      <div className="grid max-h-64 gap-x-4 overflow-y-auto sm:grid-cols-2">
        {shown.map((operation) => (
          <Checkbox
            key={operation.name}
            label={<span className="font-mono text-sm break-all">{operation.name}</span>}
            hint={operation.summary ?? undefined}
            checked={choice.ticked.includes(operation.name)}
            onChange={(event) =>
              change({
                kind: "operation",
                api: api.slug,
                operation: operation.name,
                on: event.currentTarget.checked,
              })
            }
          />
        ))}
      </div>
      {shown.length === 0 ? <p className="text-sm text-muted">{TEXT.noMatch}</p> : null}
      {more || operations.length > MAX_SHOWN ? <p className="text-sm text-muted">{TEXT.more}</p> : null}
    </div>
  );
}
