"use client";

import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import type { Key } from "#domain/keys/schema.ts";
import { Button } from "../ui/button.tsx";
import { Card, Notice } from "../ui/card.tsx";
import type { RestrictionActions } from "./actions.ts";
import { ConflictNotice } from "./conflict-notice.tsx";
import { restrictionsOf } from "./draft.ts";
import type { LinkedEntry } from "./linked-entries.ts";
import type { Answered } from "./readings.ts";
import { RestrictionFields } from "./restriction-fields.tsx";
import { countInvalid, saveProblemOf } from "./save-problem.ts";
import { SideBySide } from "./side-by-side.tsx";
import { Tester } from "./tester.tsx";
import { alreadyAllowedText } from "./text.ts";
import type { EditorApi, SeenAddress } from "./types.ts";
import { useConfirmLeave } from "./use-confirm-leave.ts";
import { useDraft } from "./use-draft.ts";
import { type DryRunDays, useDryRun } from "./use-dry-run.ts";
import { useReadableRestrictions } from "./use-readable-restrictions.ts";
import { useReadings } from "./use-readings.ts";

const LeaveDraft = dynamic(() => import("./leave-draft.tsx").then((module) => module.LeaveDraft), {
  ssr: false,
});

// Wanted once something is changed.
const DryRunView = dynamic(() => import("./saving.ts").then((module) => module.DryRunView), { ssr: false });
const SaveBar = dynamic(() => import("./saving.ts").then((module) => module.SaveBar), { ssr: false });

export interface EditorProps {
  subject: Key;
  apis: EditorApi[];
  seen: SeenAddress | null;
  /** Entries that a link puts into the draft. */
  wanted: LinkedEntry[];
  /** Begin with the set that is being tried. */
  fromTrial: boolean;
  /** What the server has read already: the rows of the first look. */
  first: Answered;
  actions: RestrictionActions;
}

/** The draft of a key's restrictions: edited, tested, held against real traffic, and only then saved. */
export function Editor({ subject, apis, seen, wanted, fromTrial, first, actions }: EditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const { draft, change, changed, ofTrial, allowed, stored, overtaken, restart } = useDraft({
    ...{ subject, apis, wanted, fromTrial },
  });
  const readings = useReadings(subject.projectId, draft, first);
  const judged = useReadableRestrictions(draft, readings);
  const [days, setDays] = useState<DryRunDays>(7);
  const dryRun = useDryRun(subject, judged, days, changed);
  const leaving = useConfirmLeave(changed);
  const [said, setSaid] = useState("");
  const linked = JSON.stringify(wanted);
  useEffect(() => {
    if (linked !== "[]") box.current?.querySelector("[data-added]")?.scrollIntoView({ block: "center" });
  }, [linked]);

  return (
    <SideBySide>
      <div ref={box} id="draft" className="grid scroll-mt-6 gap-6">
        {ofTrial ? (
          <Notice
            tone="inert"
            actions={
              <Button size="sm" onClick={() => restart(subject)}>
                Back to what is enforced
              </Button>
            }
          >
            This is the set that is being tried.
          </Notice>
        ) : null}
        {overtaken ? (
          <ConflictNotice
            restrictions={(ofTrial && subject.trial) || subject.restrictions}
            readings={first}
            onBeginAnew={() => restart(subject)}
          />
        ) : null}
        {allowed.length > 0 ? <Notice tone="inert">{alreadyAllowedText(allowed)}</Notice> : null}
        <RestrictionFields
          projectId={subject.projectId}
          apis={apis}
          seen={seen}
          draft={draft}
          readingOf={readings.readingOf}
          change={change}
        />
        {changed ? (
          <Card className="grid gap-5">
            <DryRunView {...dryRun} fault={dryRun.error} days={days} onDays={setDays} />
            <SaveBar
              subject={subject}
              restrictions={restrictionsOf(draft)}
              stored={stored}
              hindrance={saveProblemOf(draft, readings)}
              onHindered={() => goToFault(box.current)}
              run={dryRun.data && !dryRun.stale ? dryRun.data : null}
              runPending={dryRun.isFetching || dryRun.stale}
              update={actions.update}
              ofTrial={ofTrial}
              onSaved={(key, how) => {
                setSaid(how === "enforced" ? "Enforced." : "Being tried: nothing is refused by it.");
                restart(key);
              }}
              onDrop={() => {
                setSaid("Discarded.");
                restart(subject);
              }}
            />
          </Card>
        ) : (
          <p role="status" className="text-sm text-muted">
            {said || "Change something, and you see here what it would have done to this key’s traffic."}
          </p>
        )}
        {leaving.asking ? <LeaveDraft open onStay={leaving.stay} onLeave={leaving.leave} /> : null}
      </div>
      <Tester
        href={`/projects/${subject.projectId}/keys/${subject.id}/simulate`}
        apis={apis}
        seen={seen}
        restrictions={judged}
        leftOut={countInvalid(draft, readings)}
        isDraft
      />
    </SideBySide>
  );
}

/** The first field that can't be saved. */
function goToFault(box: HTMLElement | null): void {
  box?.querySelector<HTMLElement>("[aria-invalid=true], [data-fault] input")?.focus();
}
