"use client";

import type { EnabledApi } from "#domain/catalog/enablement/schema.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Link } from "../ui/link.tsx";
import type { Draft, DraftChange } from "./draft.ts";
import { OperationChooser } from "./operation-chooser.tsx";
import { ScopeChooser } from "./scope-chooser.tsx";
import { restrictionsText } from "./text.ts";
import type { ResultOf } from "./use-entry-results.ts";

const TEXT = restrictionsText.apis;

interface ApiChooserProps {
  projectId: string;
  apis: EnabledApi[];
  draft: Draft;
  resultOf: ResultOf;
  change: (change: DraftChange) => void;
}

const UNKNOWN = { operations: [], scopes: [], readOnly: null, complete: true };

/** The APIs that a key may call, each with all or selected operations. */
export function ApiChooser({ projectId, apis, draft, resultOf, change }: ApiChooserProps) {
  const enabled = new Set(apis.map(({ slug }) => slug));
  // The key may still name an API that the project has disabled.
  const disabled = Object.keys(draft.apis)
    .filter((slug) => !enabled.has(slug))
    .map((slug): EnabledApi => ({ ...UNKNOWN, slug, name: slug }));
  const known = new Map(
    apis.map(({ slug, operations }) => [slug, new Set(operations.map(({ name }) => name))]),
  );
  const makeReadOnly = (api: EnabledApi) => {
    if (api.readOnly) change({ kind: "entry", entry: api.readOnly, known });
  };
  // Without a choice, a key may call every enabled API.
  const callable =
    Object.keys(draft.apis).length === 0 ? apis : apis.filter(({ slug }) => slug in draft.apis);
  const canBeReadOnly =
    callable.length > 0 && callable.every(({ readOnly }) => readOnly !== null) && disabled.length === 0;
  if (apis.length + disabled.length === 0) {
    return (
      <p className="rounded border border-attention/40 bg-attention-soft px-3 py-2 text-sm">
        {TEXT.none}{" "}
        <Link href={`/projects/${projectId}/apis`} className="font-medium underline">
          {TEXT.enable}
        </Link>
      </p>
    );
  }
  return (
    <div className="grid gap-3">
      {canBeReadOnly ? (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button size="sm" onClick={() => callable.forEach(makeReadOnly)}>
            {TEXT.readOnlyKey}
          </Button>
          <span className="text-sm text-muted">{TEXT.readOnlyHint}</span>
        </div>
      ) : null}
      <ul aria-label={TEXT.list} className="grid gap-3">
        {[...apis, ...disabled].map((api) => {
          const choice = draft.apis[api.slug];
          return (
            <li key={api.slug} data-added={choice?.added || undefined} className="grid gap-2">
              <div className="flex flex-wrap items-center gap-2">
                <Checkbox
                  label={api.name}
                  hint={api.slug === api.name ? undefined : api.slug}
                  checked={choice !== undefined}
                  onChange={(event) =>
                    change({ kind: "api", api: api.slug, on: event.currentTarget.checked })
                  }
                />
                {choice?.added ? <Badge tone="accent">{restrictionsText.rows.added}</Badge> : null}
                {choice && api.readOnly ? (
                  <Button
                    size="sm"
                    variant="ghost"
                    aria-label={TEXT.readOnlyOf(api.name)}
                    onClick={() => makeReadOnly(api)}
                  >
                    {TEXT.readOnly}
                  </Button>
                ) : null}
                {enabled.has(api.slug) ? null : <Badge tone="attention">{TEXT.notEnabled}</Badge>}
              </div>
              {choice ? (
                <>
                  <OperationChooser
                    projectId={projectId}
                    api={api}
                    choice={choice}
                    draft={draft}
                    resultOf={resultOf}
                    change={change}
                  />
                  <ScopeChooser api={api} choice={choice} change={change} />
                </>
              ) : null}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
