"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useReducer, useState } from "react";
import { NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import { FieldGroup } from "../ui/field.tsx";
import { changeDraft, draftOf, restrictionsOf } from "./draft.ts";
import { hindranceOf } from "./hindrance.ts";
import type { Answered } from "./readings.ts";
import { RestrictionFields } from "./restriction-fields.tsx";
import type { SeenAddress } from "./types.ts";
import { useEditorApis } from "./use-editor-apis.ts";
import { useReadings } from "./use-readings.ts";

/** What a new key's restrictions are so far, and why they can't be saved as they are. */
export interface NewRestrictions {
  restrictions: Restrictions;
  hindrance: string | null;
}

export const UNRESTRICTED: NewRestrictions = { restrictions: NO_RESTRICTIONS, hindrance: null };

const NOTHING_READ: Answered = [];

interface NewKeyRestrictionsProps {
  projectId: string;
  apis: { slug: string; name: string }[];
  seen: SeenAddress | null;
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

function Fields({ projectId, apis: named, seen, onChange }: NewKeyRestrictionsProps) {
  const apis = useEditorApis(projectId, named);
  const [draft, change] = useReducer(changeDraft, null, () => draftOf(NO_RESTRICTIONS, new Map()));
  const readings = useReadings(projectId, draft, NOTHING_READ);
  const hindrance = hindranceOf(draft, readings);
  useEffect(() => {
    onChange({ restrictions: restrictionsOf(draft), hindrance });
  }, [draft, hindrance, onChange]);
  return (
    <FieldGroup
      name="restrictions"
      legend="Restrictions"
      hint="Where it may be used and for what. They can be changed at any time."
    >
      <RestrictionFields
        projectId={projectId}
        apis={apis}
        seen={seen}
        draft={draft}
        readingOf={readings.readingOf}
        change={change}
      />
    </FieldGroup>
  );
}
