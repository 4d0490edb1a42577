"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { ActionFailure, ActionResult } from "#domain/errors.ts";
import type { DryRun } from "#domain/keys/restrictions/schema.ts";
import type { Key } from "#domain/keys/schema.ts";
import { Button } from "../ui/button.tsx";
import { FailureText } from "../ui/failure-text.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { ReservedLines, SkeletonLine } from "../ui/reserved-lines.tsx";
import { dryRunText } from "./effect-text.ts";
import { restrictionsText } from "./text.ts";
import type { RestrictionActions } from "./types.ts";
import type { DryRunDays } from "./use-dry-run.ts";

const TEXT = restrictionsText.save;

const ConfirmDialog = lazyInBrowser(() => import("../ui/confirm.tsx").then((module) => module.ConfirmDialog));

interface SaveBarProps {
  subject: Pick<Key, "id" | "projectId" | "name" | "trial">;
  restrictions: Restrictions;
  /** The restrictions that the draft is based on: if they have changed since, nothing is saved. */
  stored: Pick<Key, "restrictions" | "trial">;
  /** Why it can't be saved as it is; null when it can. */
  problem: string | null;
  /** Moves to the first problem. */
  onProblem: () => void;
  /** The draft's impact on recent traffic; null while unknown. */
  run: { days: DryRunDays; run: DryRun } | null;
  /** It is being loaded. */
  runPending: boolean;
  update: RestrictionActions["update"];
  onSaved: (key: Key, how: "enforced" | "report-only") => void;
  onDiscard: () => void;
  /** The draft is of the report-only restrictions: enforcing it ends report-only mode. */
  ofReportOnly: boolean;
}

/** Enforces a draft, saves it as report-only, or discards it. Asks first when requests would be denied. */
export function SaveBar(props: SaveBarProps) {
  const { subject, restrictions, stored, problem, onProblem, run, runPending, update } = props;
  const { onSaved, onDiscard, ofReportOnly } = props;
  const router = useRouter();
  const [pending, start] = useTransition();
  const [action, setAction] = useState<"enforce" | "report-only" | null>(null);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [confirming, setConfirming] = useState(false);
  const ref = { projectId: subject.projectId, keyId: subject.id, expected: stored };
  const enforce = () => update({ ...ref, restrictions, ...(ofReportOnly && { trial: null }) });
  const handleResult = (result: ActionResult<Key>, how: "enforced" | "report-only") => {
    setFailure(result.ok ? null : result);
    if (result.ok) onSaved(result.value, how);
    // The conflict alert shows the current restrictions.
    else if (result.code === "conflict") router.refresh();
  };
  const submit = (what: "enforce" | "report-only") => {
    if (problem !== null) return onProblem();
    const harmless = run !== null && run.run.newlyRefused.atMost === 0;
    if (what === "enforce" && !harmless) return setConfirming(true);
    setAction(what);
    start(async () => {
      if (what === "enforce") handleResult(await enforce(), "enforced");
      else handleResult(await update({ ...ref, trial: restrictions }), "report-only");
    });
  };
  return (
    <div className="grid gap-3">
      {failure ? <Failure {...failure} /> : null}
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="primary" pending={pending && action === "enforce"} onClick={() => submit("enforce")}>
          {TEXT.enforce}
        </Button>
        <Button pending={pending && action === "report-only"} onClick={() => submit("report-only")}>
          {TEXT.reportOnly}
        </Button>
        <Button variant="ghost" onClick={onDiscard}>
          {TEXT.discard}
        </Button>
        {problem ? (
          <p role="status" className="text-sm text-bad">
            {problem}
          </p>
        ) : null}
      </div>
      <p className="text-sm text-muted">
        {TEXT.hint}
        {subject.trial && !ofReportOnly ? TEXT.replaces : null}
      </p>
      {confirming ? (
        <ConfirmDialog
          open
          onClose={() => setConfirming(false)}
          title={TEXT.title(subject.name)}
          confirm={TEXT.enforce}
          action={async () => {
            const result = await enforce();
            if (result.ok || result.code === "conflict") handleResult(result, "enforced");
            return result;
          }}
          onDone={() => setConfirming(false)}
        >
          <EnforceImpact run={run} pending={runPending} />
        </ConfirmDialog>
      ) : null}
    </div>
  );
}

function Failure({ code, message, errors, errorId }: ActionFailure) {
  const messages = errors.map((error) => error.message);
  return (
    <div role="alert" className="rounded border border-bad/40 bg-bad-soft px-3 py-2 text-sm">
      <p>
        <FailureText code={code} message={message} />
      </p>
      {messages.length > 0 ? (
        <ul className="mt-1 list-disc pl-5">
          {[...new Set(messages)].slice(0, 5).map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      ) : null}
      {errorId ? <p className="text-muted">{TEXT.report(errorId)}</p> : null}
    </div>
  );
}

interface EnforceImpactProps {
  run: { days: DryRunDays; run: DryRun } | null;
  /** It is being loaded. */
  pending: boolean;
}

/** The impact of enforcing a draft, in numbers if they are known. */
function EnforceImpact({ run, pending }: EnforceImpactProps) {
  return (
    <>
      <ReservedLines>
        {run === null && pending ? (
          <SkeletonLine />
        ) : (
          <p className="font-medium text-ink">{run ? dryRunText(run.run, run.days) : TEXT.impactUnknown}</p>
        )}
      </ReservedLines>
      <p>{TEXT.consequence}</p>
    </>
  );
}
