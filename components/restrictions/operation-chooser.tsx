"use client";

import { useId, useState } from "react";
import { Checkbox, Radio } from "../ui/checkbox.tsx";
import { FilterInput } from "../ui/filter.tsx";
import type { ApiChoice, Draft, DraftChange } from "./draft.ts";
import { emptyApis } from "./draft.ts";
import { EntryRows } from "./entry-rows.tsx";
import { operationsOf } from "./lists.ts";
import type { EditorApi } from "./types.ts";
import { useOperations } from "./use-operations.ts";
import type { ReadingOf } from "./use-readings.ts";

/** More than these are found rather than read through. */
const TO_LOOK_THROUGH = 12;

/** Checkboxes at once: others are found by their name. */
const MAX_SHOWN = 200;

interface OperationChooserProps {
  projectId: string;
  api: EditorApi;
  choice: ApiChoice;
  draft: Draft;
  readingOf: ReadingOf;
  change: (change: DraftChange) => void;
}

/** All of an API, or some of its operations: ticked one by one, or by how they begin. */
export function OperationChooser({
  projectId,
  api,
  choice,
  draft,
  readingOf,
  change,
}: OperationChooserProps) {
  const name = useId();
  const none = emptyApis(draft).includes(api.slug);
  return (
    <fieldset
      aria-label={`Operations of ${api.name}`}
      data-fault={(!choice.whole && none) || undefined}
      className="ml-6.5 grid gap-2"
    >
      <div className="flex flex-wrap gap-x-6">
        <Radio
          name={name}
          label="All of it"
          checked={choice.whole}
          onChange={() => change({ kind: "whole", api: api.slug, whole: true })}
        />
        <Radio
          name={name}
          label="Only some operations"
          checked={!choice.whole}
          onChange={() => change({ kind: "whole", api: api.slug, whole: false })}
        />
      </div>
      {choice.whole ? null : (
        <div className="grid gap-3 border-l border-border pl-4">
          {none ? (
            <p role="status" className="text-sm font-medium text-bad">
              Choose at least one operation, or all of it.
            </p>
          ) : null}
          <Operations projectId={projectId} api={api} choice={choice} change={change} />
          <EntryRows
            list={operationsOf(api.slug)}
            label={`Operations of ${api.name} by how they begin`}
            draft={draft}
            readingOf={readingOf}
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
    return (
      <p className="text-sm text-muted">The catalogue lists no operations of this API: name them here.</p>
    );
  }
  const shown = operations.slice(0, MAX_SHOWN);
  return (
    <div className="grid gap-2">
      {!api.complete || api.operations.length > TO_LOOK_THROUGH ? (
        <FilterInput
          type="search"
          aria-label={`Find an operation of ${api.name}`}
          placeholder="Find an operation"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          // In a form it would send it.
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
      {shown.length === 0 ? <p className="text-sm text-muted">No operation has this name.</p> : null}
      {more || operations.length > MAX_SHOWN ? (
        <p className="text-sm text-muted">There are more operations: search for a part of the name.</p>
      ) : null}
    </div>
  );
}
