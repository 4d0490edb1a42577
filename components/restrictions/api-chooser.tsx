"use client";

import Link from "next/link";
import { Badge } from "../ui/badge.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import type { Draft, DraftChange } from "./draft.ts";
import { OperationChooser } from "./operation-chooser.tsx";
import type { EditorApi } from "./types.ts";
import type { ReadingOf } from "./use-readings.ts";

interface ApiChooserProps {
  projectId: string;
  apis: EditorApi[];
  draft: Draft;
  readingOf: ReadingOf;
  change: (change: DraftChange) => void;
}

/** The APIs that a key may call, and of each all of it or single operations. */
export function ApiChooser({ projectId, apis, draft, readingOf, change }: ApiChooserProps) {
  const enabled = new Set(apis.map(({ slug }) => slug));
  // The project may have given up an API that the key still names.
  const gone = Object.keys(draft.apis)
    .filter((slug) => !enabled.has(slug))
    .map((slug): EditorApi => ({ slug, name: slug, operations: [], complete: true }));
  if (apis.length + gone.length === 0) {
    return (
      <p className="rounded border border-attention/40 bg-attention-soft px-3 py-2 text-sm">
        The project has no API enabled yet, so every check of this key will be refused.{" "}
        <Link href={`/projects/${projectId}/apis`} className="font-medium underline">
          Enable an API
        </Link>
      </p>
    );
  }
  return (
    <ul aria-label="APIs" className="grid gap-3">
      {[...apis, ...gone].map((api) => {
        const choice = draft.apis[api.slug];
        return (
          <li key={api.slug} data-added={choice?.added || undefined} className="grid gap-2">
            <div className="flex flex-wrap items-center gap-2">
              <Checkbox
                label={api.name}
                hint={api.slug === api.name ? undefined : api.slug}
                checked={choice !== undefined}
                onChange={(event) => change({ kind: "api", api: api.slug, on: event.currentTarget.checked })}
              />
              {choice?.added ? <Badge tone="accent">New</Badge> : null}
              {enabled.has(api.slug) ? null : <Badge tone="attention">Not enabled any more</Badge>}
            </div>
            {choice ? (
              <OperationChooser
                projectId={projectId}
                api={api}
                choice={choice}
                draft={draft}
                readingOf={readingOf}
                change={change}
              />
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
