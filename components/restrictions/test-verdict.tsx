import { clsx } from "clsx";
import { Check, Minus, X } from "lucide-react";
import type { RuleOutcome } from "#core/verdict-schema.ts";
import { StatusDot } from "../ui/badge.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { KIND_TEXT, restrictionsText } from "./text.ts";
import type { Simulation } from "./types.ts";

const TEXT = restrictionsText.tester;

interface TestVerdictProps {
  simulation: Simulation | undefined;
  error: Error | null;
  /** The result of an earlier input. */
  stale: boolean;
  ignored: number;
}

/** The verdict on the test request, and what each kind of restriction decides. */
export function TestVerdict({ simulation, error, stale, ignored }: TestVerdictProps) {
  return (
    <section
      aria-label={TEXT.verdict}
      className="-mx-5 -mb-5 grid gap-3 rounded-b border-t border-border bg-canvas px-5 py-4"
    >
      {ignored > 0 ? <p className="text-sm text-attention">{TEXT.ignored(ignored)}</p> : null}
      <div role="status" className={clsx("transition-opacity", stale && "opacity-60")}>
        {error ? (
          <p className="text-sm font-medium text-bad">{error.message}</p>
        ) : simulation ? (
          <Verdict {...simulation} />
        ) : (
          <Skeleton className="h-10 w-full" />
        )}
      </div>
      {simulation && !error ? (
        <ol aria-label={TEXT.rules} className={clsx("grid gap-2 transition-opacity", stale && "opacity-60")}>
          {simulation.rules.map((rule) => (
            <Rule key={rule.kind} {...rule} />
          ))}
        </ol>
      ) : null}
    </section>
  );
}

function Verdict({ valid, code, message, operation, scopes = [] }: Simulation) {
  return (
    <div className="grid gap-0.5">
      <StatusDot tone={valid ? "good" : "bad"} className="font-medium">
        {valid ? TEXT.allowed : TEXT.denied}{" "}
        <span className="font-mono text-sm font-normal text-muted">{code}</span>
      </StatusDot>
      {message ? <p className="text-sm">{message}</p> : null}
      {valid && operation ? (
        <p className="text-sm text-muted">
          {TEXT.operation} <span className="font-mono">{operation}</span>
        </p>
      ) : null}
      {valid && scopes.length > 0 ? (
        <p className="text-sm text-muted wrap-anywhere">
          {TEXT.scopes} <span className="font-mono">{scopes.join(" ")}</span>
        </p>
      ) : null}
    </div>
  );
}

const OUTCOMES = {
  allowed: { Icon: Check, tone: "text-good", text: TEXT.outcomes.allowed },
  refused: { Icon: X, tone: "text-bad", text: TEXT.outcomes.refused },
  unrestricted: { Icon: Minus, tone: "text-inert", text: TEXT.outcomes.unrestricted },
};

function Rule({ kind, outcome, words }: RuleOutcome) {
  const { Icon, tone, text } = OUTCOMES[outcome];
  return (
    <li className="flex gap-2 text-sm">
      <Icon aria-hidden className={clsx("mt-0.5 size-4 shrink-0", tone)} />
      <div className="min-w-0">
        <p className="font-medium">
          {KIND_TEXT[kind].label} <span className="sr-only">{text}</span>
        </p>
        <p className="text-muted">{words}</p>
      </div>
    </li>
  );
}
