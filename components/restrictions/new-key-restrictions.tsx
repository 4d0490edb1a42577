"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useReducer, useState } from "react";
import { hasApplicationRestriction } from "#core/restrictions/kinds.ts";
import { NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import { Button } from "../ui/button.tsx";
import { FieldGroup } from "../ui/field.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { changeDraft, draftOf, restrictionsOf } from "./draft.ts";
import type { RowResults } from "./entry-results.ts";
import { RestrictionFields } from "./restriction-fields.tsx";
import { countInvalid, saveProblemOf } from "./save-problem.ts";
import { restrictionsText } from "./text.ts";
import type { SeenIpAddress } from "./types.ts";
import { useEditorApis } from "./use-editor-apis.ts";
import { useEntryResults, useValidRestrictions } from "./use-entry-results.ts";

const TEXT = restrictionsText.newKey;

const Tester = lazyInBrowser(() => import("./tester.tsx").then((module) => module.Tester));

/** The restrictions of a new key so far, and why they can't be saved; null when they can. */
export interface NewRestrictions {
  restrictions: Restrictions;
  problem: string | null;
}

export const UNRESTRICTED: NewRestrictions = { restrictions: NO_RESTRICTIONS, problem: null };

const NO_RESULTS: RowResults = [];

interface NewKeyRestrictionsProps {
  projectId: string;
  apis: { slug: string; name: string }[];
  seen: SeenIpAddress | null;
  /** The site's policy: a restriction to IP addresses, websites or apps is required. */
  required: boolean;
  onChange: (restrictions: NewRestrictions) => void;
}

/** The editor of restrictions in the dialog of a new key, which has no traffic to compare with. */
export function NewKeyRestrictions(props: NewKeyRestrictionsProps) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <Fields {...props} />
    </QueryClientProvider>
  );
}

function Fields({ projectId, apis: withoutOperations, seen, required, onChange }: NewKeyRestrictionsProps) {
  const apis = useEditorApis(projectId, withoutOperations);
  const [draft, change] = useReducer(changeDraft, null, () => draftOf(NO_RESTRICTIONS, new Map()));
  const results = useEntryResults(projectId, draft, NO_RESULTS);
  const problem = saveProblemOf(draft, results);
  const validRestrictions = useValidRestrictions(draft, results);
  const [testing, setTesting] = useState(false);
  useEffect(() => {
    onChange({ restrictions: restrictionsOf(draft), problem });
  }, [draft, problem, onChange]);
  return (
    <FieldGroup name="restrictions" legend={TEXT.legend} hint={TEXT.hint}>
      <div className="grid gap-4">
        <RestrictionFields
          projectId={projectId}
          apis={apis}
          seen={seen}
          draft={draft}
          resultOf={results.resultOf}
          change={change}
        />
        {required && !hasApplicationRestriction(restrictionsOf(draft)) ? (
          <p className="rounded border border-attention/40 bg-attention-soft px-3 py-2 text-sm">
            {TEXT.required}
          </p>
        ) : null}
        {testing ? (
          <Tester
            href={`/projects/${projectId}/keys/simulate`}
            apis={apis}
            seen={seen}
            restrictions={validRestrictions}
            ignored={countInvalid(draft, results)}
            isDraft
          />
        ) : (
          <Button className="w-fit" onClick={() => setTesting(true)}>
            {TEXT.test}
          </Button>
        )}
      </div>
    </FieldGroup>
  );
}
