"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { ActionFailure, ActionResult } from "#domain/errors.ts";
import type { DryRun } from "#domain/keys/restrictions/schema.ts";
import type { Key } from "#domain/keys/schema.ts";
import { Button } from "../ui/button.tsx";
import type { RestrictionActions } from "./actions.ts";
import { EnforceWords } from "./enforce-words.tsx";
import type { DryRunDays } from "./use-dry-run.ts";

const ConfirmDialog = dynamic(() => import("../ui/confirm.tsx").then((module) => module.ConfirmDialog), {
  ssr: false,
});

interface SaveBarProps {
  subject: Pick<Key, "id" | "projectId" | "name" | "trial">;
  restrictions: Restrictions;
  /** The key's sets that the draft was made from: where it has others by now, nothing is saved. */
  stored: Pick<Key, "restrictions" | "trial">;
  /** Why it can't be saved as it is; null when it can. */
  hindrance: string | null;
  /** Goes to what is to be fixed. */
  onHindered: () => void;
  /** What the draft would have done; null while that is not known. */
  run: { days: DryRunDays; run: DryRun } | null;
  /** It is being looked up. */
  runPending: boolean;
  update: RestrictionActions["update"];
  onSaved: (key: Key, how: "enforced" | "tried") => void;
  onDrop: () => void;
  /** The draft is of the set that is being tried: enforcing it ends the trial. */
  ofTrial: boolean;
}

/** Makes a draft real, tries it first, or drops it. What would hurt is asked for, in numbers. */
export function SaveBar(props: SaveBarProps) {
  const { subject, restrictions, stored, hindrance, onHindered, run, runPending, update } = props;
  const { onSaved, onDrop, ofTrial } = props;
  const router = useRouter();
  const [pending, start] = useTransition();
  const [doing, setDoing] = useState<"enforce" | "try" | null>(null);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [asking, setAsking] = useState(false);
  const ref = { projectId: subject.projectId, keyId: subject.id, expected: stored };
  const enforce = () => update({ ...ref, restrictions, ...(ofTrial && { trial: null }) });
  const take = (result: ActionResult<Key>, how: "enforced" | "tried") => {
    setFailure(result.ok ? null : result);
    if (result.ok) onSaved(result.value, how);
    // What is there now is told beside the draft.
    else if (result.code === "conflict") router.refresh();
  };
  const press = (what: "enforce" | "try") => {
    if (hindrance !== null) return onHindered();
    const harmless = run !== null && run.run.refused.atMost === 0;
    if (what === "enforce" && !harmless) return setAsking(true);
    setDoing(what);
    start(async () => {
      if (what === "enforce") take(await enforce(), "enforced");
      else take(await update({ ...ref, trial: restrictions }), "tried");
    });
  };
  return (
    <div className="grid gap-3">
      {failure ? <Failure {...failure} /> : null}
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="primary" pending={pending && doing === "enforce"} onClick={() => press("enforce")}>
          Enforce
        </Button>
        <Button pending={pending && doing === "try"} onClick={() => press("try")}>
          Try it first
        </Button>
        <Button variant="ghost" onClick={onDrop}>
          Discard
        </Button>
        {hindrance ? (
          <p role="status" className="text-sm text-bad">
            {hindrance}
          </p>
        ) : null}
      </div>
      <p className="text-sm text-muted">
        Enforced, it holds everywhere within a second. Tried, it refuses nothing: what it would have refused
        is counted.
        {subject.trial && !ofTrial ? " The set that is being tried now would be replaced." : null}
      </p>
      {asking ? (
        <ConfirmDialog
          open
          onClose={() => setAsking(false)}
          title={`Enforce these restrictions on ${subject.name}?`}
          confirm="Enforce"
          action={async () => {
            const result = await enforce();
            if (result.ok || result.code === "conflict") take(result, "enforced");
            return result;
          }}
          onDone={() => setAsking(false)}
        >
          <EnforceWords run={run} pending={runPending} />
        </ConfirmDialog>
      ) : null}
    </div>
  );
}

function Failure({ message, errors, errorId }: ActionFailure) {
  const faults = errors.map((error) => error.message);
  return (
    <div role="alert" className="rounded border border-bad/40 bg-bad-soft px-3 py-2 text-sm">
      <p>{message}</p>
      {faults.length > 0 ? (
        <ul className="mt-1 list-disc pl-5">
          {[...new Set(faults)].slice(0, 5).map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      ) : null}
      {errorId ? <p className="text-muted">Quote {errorId} when you report it.</p> : null}
    </div>
  );
}
