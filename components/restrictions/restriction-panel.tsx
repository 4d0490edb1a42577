"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { lazyComponent } from "../ui/lazy.tsx";
import { Editor, type EditorProps, SideBySide } from "./editor.tsx";
import { ReadOnlyRestrictions } from "./read-only.tsx";
import { Tester } from "./tester.tsx";
import { restrictionsText } from "./text.ts";
import type { ReportOnlyData } from "./use-report-only.ts";

const TEXT = restrictionsText.reportOnly;

// Only keys with report-only restrictions need its chart.
const ReportOnlyPanel = lazyComponent(() =>
  import("./report-only-panel.tsx").then((module) => module.ReportOnlyPanel),
);

interface RestrictionPanelProps extends Pick<EditorProps, "subject" | "initialResults" | "apis" | "seen"> {
  /** The counts of the report-only restrictions; null for a key without them. */
  reportOnly: ReportOnlyData | null;
  /** Null for viewers. */
  editing: Omit<EditorProps, "subject" | "initialResults" | "apis" | "seen"> | null;
}

/** A key's report-only and enforced restrictions, for editing or viewing. */
export function RestrictionPanel({ reportOnly, editing, ...shown }: RestrictionPanelProps) {
  const { subject, initialResults, apis, seen } = shown;
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <div className="grid gap-6">
        {reportOnly && subject.trial && subject.trialSince ? (
          <ReportOnlyPanel
            subject={subject}
            trial={subject.trial}
            since={subject.trialSince}
            initial={reportOnly}
            update={editing?.actions.update ?? null}
          >
            <details className="text-sm">
              <summary className="w-fit cursor-pointer rounded font-medium">{TEXT.restrictions}</summary>
              <div className="mt-3">
                <ReadOnlyRestrictions restrictions={subject.trial} results={initialResults} />
              </div>
            </details>
          </ReportOnlyPanel>
        ) : null}
        {editing ? (
          <Editor {...shown} {...editing} />
        ) : (
          <SideBySide>
            <ReadOnlyRestrictions restrictions={subject.restrictions} results={initialResults} />
            {subject.status === "revoked" ? null : (
              <Tester
                href={`/projects/${subject.projectId}/keys/${subject.id}/simulate`}
                apis={apis}
                seen={seen}
                restrictions={subject.restrictions}
                ignored={0}
                isDraft={false}
              />
            )}
          </SideBySide>
        )}
      </div>
    </QueryClientProvider>
  );
}
