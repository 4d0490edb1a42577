import type { StepPreview, UnusedDryRun } from "#domain/keys/lifecycle/unused/schema.ts";
import { Link } from "../ui/link.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { policiesText } from "./policies-text.ts";

const { unused: text } = policiesText;

const STEPS = [
  { step: "warn", words: text.warn },
  { step: "disable", words: text.disableStep },
  { step: "revoke", words: text.revokeStep },
  { step: "waiting", words: text.waiting },
] as const;

/** The effect of the policy if it ran now: the keys of each step. */
export function UnusedPreview({ run }: { run: UnusedDryRun }) {
  const effects = STEPS.filter(({ step }) => run[step].count > 0);
  return (
    <div className="grid gap-3 rounded border border-border px-4 py-3" role="status">
      <p className="font-medium">{effects.length === 0 ? text.noEffect : text.effect}</p>
      {effects.map(({ step, words }) => (
        <Step key={step} words={words(run[step].count)} preview={run[step]} />
      ))}
    </div>
  );
}

function Step({ words, preview }: { words: string; preview: StepPreview }) {
  const { count, first } = preview;
  return (
    <details>
      <summary className="cursor-pointer rounded">{words}</summary>
      <ul className="mt-2 grid max-h-64 gap-1 overflow-y-auto text-sm">
        {first.map(({ id, name, project, idleSince }) => (
          <li key={id} className="flex flex-wrap gap-x-3">
            <Link href={`/projects/${project.id}/keys/${id}`} className="rounded font-medium hover:underline">
              {name}
            </Link>
            <span className="text-muted">
              {text.unusedSince(project.name)}
              <RelativeTime at={idleSince} />
            </span>
          </li>
        ))}
        {count > first.length ? <li className="text-muted">{text.more(count - first.length)}</li> : null}
      </ul>
    </details>
  );
}
