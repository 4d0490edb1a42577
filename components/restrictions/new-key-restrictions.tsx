"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useEffect, useReducer, useState } from "react";
import { hasApplicationRestriction } from "#core/restrictions/kinds.ts";
import { NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import { Button } from "../ui/button.tsx";
import { FieldGroup } from "../ui/field.tsx";
import { changeDraft, draftOf, restrictionsOf } from "./draft.ts";
import type { Answered } from "./readings.ts";
import { RestrictionFields } from "./restriction-fields.tsx";
import { countInvalid, saveProblemOf } from "./save-problem.ts";
import type { SeenAddress } from "./types.ts";
import { useEditorApis } from "./use-editor-apis.ts";
import { useReadableRestrictions } from "./use-readable-restrictions.ts";
import { useReadings } from "./use-readings.ts";

const Tester = dynamic(() => import("./tester.tsx").then((module) => module.Tester), { ssr: false });

/** What a new key's restrictions are so far, and why they can't be saved as they are. */
export interface NewRestrictions {
  restrictions: Restrictions;
  problem: string | null;
}

export const UNRESTRICTED: NewRestrictions = { restrictions: NO_RESTRICTIONS, problem: null };

const NOTHING_READ: Answered = [];

interface NewKeyRestrictionsProps {
  projectId: string;
  apis: { slug: string; name: string }[];
  seen: SeenAddress | null;
  /** A restriction to addresses, websites or apps must be among them. */
  required: boolean;
  onChange: (now: NewRestrictions) => void;
}

/** The editor of restrictions in the dialog of a new key, which has no traffic to hold a draft against. */
export function NewKeyRestrictions(props: NewKeyRestrictionsProps) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <Fields {...props} />
    </QueryClientProvider>
  );
}

function Fields({ projectId, apis: named, seen, required, onChange }: NewKeyRestrictionsProps) {
  const apis = useEditorApis(projectId, named);
  const [draft, change] = useReducer(changeDraft, null, () => draftOf(NO_RESTRICTIONS, new Map()));
  const readings = useReadings(projectId, draft, NOTHING_READ);
  const problem = saveProblemOf(draft, readings);
  const judged = useReadableRestrictions(draft, readings);
  const [testing, setTesting] = useState(false);
  useEffect(() => {
    onChange({ restrictions: restrictionsOf(draft), problem });
  }, [draft, problem, onChange]);
  return (
    <FieldGroup
      name="restrictions"
      legend="Restrictions"
      hint="Where it may be used and for what. They can be changed at any time."
    >
      <div className="grid gap-4">
        <RestrictionFields
          projectId={projectId}
          apis={apis}
          seen={seen}
          draft={draft}
          readingOf={readings.readingOf}
          change={change}
        />
        {required && !hasApplicationRestriction(restrictionsOf(draft)) ? (
          <p className="rounded border border-attention/40 bg-attention-soft px-3 py-2 text-sm">
            On this site a live key must be restricted to addresses, websites or apps: add one before you
            create the key, or make a test key.
          </p>
        ) : null}
        {testing ? (
          <Tester
            href={`/projects/${projectId}/keys/simulate`}
            apis={apis}
            seen={seen}
            restrictions={judged}
            leftOut={countInvalid(draft, readings)}
            isDraft
          />
        ) : (
          <Button className="w-fit" onClick={() => setTesting(true)}>
            Test a call
          </Button>
        )}
      </div>
    </FieldGroup>
  );
}
