"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import type { EnabledApi } from "#domain/catalog/enablement/schema.ts";
import type { Key } from "#domain/keys/schema.ts";
import { Button } from "../ui/button.tsx";
import { Alert, Card } from "../ui/card.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { ConflictAlert } from "./conflict-alert.tsx";
import { restrictionsOf } from "./draft.ts";
import type { RowResults } from "./entry-results.ts";
import { alreadyAllowedText, type LinkedEntry } from "./linked-entries.ts";
import { RestrictionFields } from "./restriction-fields.tsx";
import { countInvalid, saveProblemOf } from "./save-problem.ts";
import type { TestCall } from "./test-call.ts";
import { Tester } from "./tester.tsx";
import { restrictionsText } from "./text.ts";
import type { RestrictionActions, SeenIpAddress } from "./types.ts";
import { useConfirmLeave } from "./use-confirm-leave.ts";
import { useDraft } from "./use-draft.ts";
import { type DryRunDays, useDryRun } from "./use-dry-run.ts";
import { useEntryResults, useValidRestrictions } from "./use-entry-results.ts";

const TEXT = restrictionsText.editor;

const LeaveDraft = lazyInBrowser(() => import("./leave-draft.tsx").then((module) => module.LeaveDraft));

// Needed only once something has changed.
const DryRunView = lazyInBrowser(() => import("./dry-run.tsx").then((module) => module.DryRunView));
const SaveBar = lazyInBrowser(() => import("./save-bar.tsx").then((module) => module.SaveBar));

export interface EditorProps {
  subject: Key;
  apis: EnabledApi[];
  seen: SeenIpAddress | null;
  /** Entries that a link adds to the draft. */
  linked: LinkedEntry[];
  /** The denied request that the link is about: the tester starts with it. */
  linkedCall: Partial<TestCall>;
  /** Start with the report-only restrictions. */
  fromReportOnly: boolean;
  /** What the server has already read, for the first render. */
  initialResults: RowResults;
  actions: RestrictionActions;
}

/** How long a confirmation is kept in view while the page changes, ms. */
const KEEP_IN_VIEW_MS = 3_000;

/** Edits a draft of the restrictions, tests it, and shows its impact on recent traffic before it is saved. */
export function Editor({
  subject,
  apis,
  seen,
  linked,
  linkedCall,
  fromReportOnly,
  initialResults,
  actions,
}: EditorProps) {
  const container = useRef<HTMLDivElement>(null);
  const { draft, change, changed, ofReportOnly, allowed, stored, hasConflict, restart } = useDraft({
    subject,
    apis,
    linked,
    fromReportOnly,
  });
  const results = useEntryResults(subject.projectId, draft, initialResults);
  const validRestrictions = useValidRestrictions(draft, results);
  const [days, setDays] = useState<DryRunDays>(7);
  const dryRun = useDryRun(subject, validRestrictions, days, changed);
  const confirmLeave = useConfirmLeave(changed);
  const [message, setMessage] = useState("");
  const status = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (!message || changed) return;
    const show = () => status.current?.scrollIntoView({ block: "nearest" });
    // The page gets shorter, and suggestions that arrive later push the message down: it stays in view.
    const observer = new ResizeObserver(show);
    observer.observe(document.body);
    const timer = setTimeout(() => observer.disconnect(), KEEP_IN_VIEW_MS);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [message, changed]);
  const linkedKey = JSON.stringify(linked);
  useEffect(() => {
    if (linkedKey !== "[]")
      container.current?.querySelector("[data-added]")?.scrollIntoView({ block: "center" });
  }, [linkedKey]);

  return (
    <SideBySide>
      <div ref={container} id="draft" className="grid scroll-mt-6 gap-6">
        {ofReportOnly ? (
          <Alert
            tone="inert"
            actions={
              <Button size="sm" onClick={() => restart(subject)}>
                {TEXT.backToEnforced}
              </Button>
            }
          >
            {TEXT.editingReportOnly}
          </Alert>
        ) : null}
        {hasConflict ? (
          <ConflictAlert
            restrictions={(ofReportOnly && subject.trial) || subject.restrictions}
            results={initialResults}
            onDiscard={() => restart(subject)}
          />
        ) : null}
        {allowed.length > 0 ? <Alert tone="inert">{alreadyAllowedText(allowed)}</Alert> : null}
        <RestrictionFields
          projectId={subject.projectId}
          apis={apis}
          seen={seen}
          draft={draft}
          resultOf={results.resultOf}
          change={change}
        />
        {changed ? (
          <Card className="grid gap-5">
            <DryRunView {...dryRun} error={dryRun.error} days={days} onDays={setDays} />
            <SaveBar
              subject={subject}
              restrictions={restrictionsOf(draft)}
              stored={stored}
              problem={saveProblemOf(draft, results)}
              onProblem={() => focusFirstProblem(container.current)}
              run={dryRun.data && !dryRun.stale ? dryRun.data : null}
              runPending={dryRun.isFetching || dryRun.stale}
              update={actions.update}
              ofReportOnly={ofReportOnly}
              onSaved={(key, how) => {
                setMessage(how === "enforced" ? TEXT.saved : TEXT.savedReportOnly);
                restart(key);
              }}
              onDiscard={() => {
                setMessage(TEXT.discarded);
                restart(subject);
              }}
            />
          </Card>
        ) : (
          <p ref={status} role="status" className="scroll-my-6 text-sm text-muted">
            {message || TEXT.empty}
          </p>
        )}
        {confirmLeave.open ? (
          <LeaveDraft open onStay={confirmLeave.stay} onLeave={confirmLeave.leave} />
        ) : null}
      </div>
      <Tester
        href={`/projects/${subject.projectId}/keys/${subject.id}/simulate`}
        apis={apis}
        seen={seen}
        call={linkedCall}
        restrictions={validRestrictions}
        ignored={countInvalid(draft, results)}
        isDraft
      />
    </SideBySide>
  );
}

/** Moves the focus to the first invalid field. */
function focusFirstProblem(container: HTMLElement | null): void {
  container?.querySelector<HTMLElement>("[aria-invalid=true], [data-invalid] input")?.focus();
}

/** The restrictions, with the tester next to them on wide screens. */
export function SideBySide({ children: [main, side] }: { children: [ReactNode, ReactNode] }) {
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start">
      {main}
      <div className="lg:sticky lg:top-6 lg:max-h-[calc(100dvh-3rem)] lg:overflow-y-auto">{side}</div>
    </div>
  );
}
