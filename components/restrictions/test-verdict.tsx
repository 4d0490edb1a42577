import { Check, Minus, X } from "lucide-react";
import type { RuleOutcome } from "#core/restrictions/explain.ts";
import { StatusDot } from "../ui/badge.tsx";
import { cx } from "../ui/cx.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { KINDS } from "./kinds.ts";
import type { Simulation } from "./types.ts";

interface TestVerdictProps {
  simulation: Simulation | undefined;
  fault: Error | null;
  /** It answers what was typed before. */
  stale: boolean;
  leftOut: number;
}

/** The verdict on the tester's call, and what each kind says of it. */
export function TestVerdict({ simulation, fault, stale, leftOut }: TestVerdictProps) {
  return (
    <section
      aria-label="Verdict of the draft"
      className="-mx-5 -mb-5 grid gap-3 rounded-b border-t border-border bg-canvas px-5 py-4"
    >
      {leftOut > 0 ? (
        <p className="text-sm text-attention">
          {leftOut === 1
            ? "One entry that is to be fixed is left out."
            : `${leftOut} entries that are to be fixed are left out.`}
        </p>
      ) : null}
      <div role="status" className={cx("transition-opacity", stale && "opacity-60")}>
        {fault ? (
          <p className="text-sm font-medium text-bad">{fault.message}</p>
        ) : simulation ? (
          <Verdict {...simulation} />
        ) : (
          <Skeleton className="h-10 w-full" />
        )}
      </div>
      {simulation && !fault ? (
        <ol aria-label="Rule by rule" className={cx("grid gap-2 transition-opacity", stale && "opacity-60")}>
          {simulation.rules.map((rule) => (
            <Rule key={rule.kind} {...rule} />
          ))}
        </ol>
      ) : null}
    </section>
  );
}

function Verdict({ valid, code, message, operation }: Simulation) {
  return (
    <div className="grid gap-0.5">
      <StatusDot tone={valid ? "good" : "bad"} className="font-medium">
        {valid ? "This call passes" : "This call is refused"}{" "}
        <span className="font-mono text-sm font-normal text-muted">{code}</span>
      </StatusDot>
      {message ? <p className="text-sm break-words">{message}</p> : null}
      {valid && operation ? (
        <p className="text-sm text-muted">
          Operation <span className="font-mono">{operation}</span>
        </p>
      ) : null}
    </div>
  );
}

const MARKS = {
  allowed: { Icon: Check, tone: "text-good", word: "lets it through" },
  refused: { Icon: X, tone: "text-bad", word: "refuses it" },
  unrestricted: { Icon: Minus, tone: "text-inert", word: "restricts nothing" },
};

function Rule({ kind, outcome, words }: RuleOutcome) {
  const { Icon, tone, word } = MARKS[outcome];
  return (
    <li className="flex gap-2 text-sm">
      <Icon aria-hidden className={cx("mt-0.5 size-4 shrink-0", tone)} />
      <div className="min-w-0">
        <p className="font-medium">
          {KINDS[kind].label} <span className="sr-only">{word}</span>
        </p>
        <p className="break-words text-muted">{words}</p>
      </div>
    </li>
  );
}
