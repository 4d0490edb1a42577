"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Editor, type EditorProps } from "./editor.tsx";
import { ReadOnlyRestrictions } from "./read-only.tsx";
import { SideBySide } from "./side-by-side.tsx";
import { Tester } from "./tester.tsx";
import type { ReportOnlyData } from "./use-report-only.ts";

// Its chart is for keys with a trial only.
const TrialPanel = dynamic(() => import("./report-only-panel.tsx").then((module) => module.ReportOnlyPanel));

interface RestrictionPanelProps extends Pick<EditorProps, "subject" | "first" | "apis" | "seen"> {
  /** What the key's trial has counted; null for a key without one. */
  trial: ReportOnlyData | null;
  /** Null for those who may only look. */
  editing: Omit<EditorProps, "subject" | "first" | "apis" | "seen"> | null;
}

/** A key's restrictions: the set that is tried, and the one that is enforced, to be changed or to be read. */
export function RestrictionPanel({ trial, editing, ...shown }: RestrictionPanelProps) {
  const { subject, first, apis, seen } = shown;
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <div className="grid gap-6">
        {trial && subject.trial && subject.trialSince ? (
          <TrialPanel
            subject={subject}
            trial={subject.trial}
            since={subject.trialSince}
            initial={trial}
            update={editing?.actions.update ?? null}
          >
            <details className="text-sm">
              <summary className="w-fit cursor-pointer rounded font-medium">The set that is tried</summary>
              <div className="mt-3">
                <ReadOnlyRestrictions restrictions={subject.trial} readings={first} />
              </div>
            </details>
          </TrialPanel>
        ) : null}
        {editing ? (
          <Editor {...shown} {...editing} />
        ) : (
          <SideBySide>
            <ReadOnlyRestrictions restrictions={subject.restrictions} readings={first} />
            {subject.status === "revoked" ? null : (
              <Tester
                href={`/projects/${subject.projectId}/keys/${subject.id}/simulate`}
                apis={apis}
                seen={seen}
                restrictions={subject.restrictions}
                leftOut={0}
                isDraft={false}
              />
            )}
          </SideBySide>
        )}
      </div>
    </QueryClientProvider>
  );
}
