import Link from "next/link";
import type { StepPreview, UnusedDryRun } from "#domain/keys/lifecycle/daily/dry-run.ts";
import { formatNumber } from "../ui/format.ts";
import { RelativeTime } from "../ui/time.tsx";

const STEPS = [
  { step: "warn", words: "would have their owners told" },
  { step: "disable", words: "would be switched off" },
  { step: "revoke", words: "would be revoked" },
  {
    step: "waiting",
    words: "would be switched off or revoked a week after their owners were told, unless used by then",
  },
] as const;

/** What the rule would do if it ran now: how many keys a step, and which. */
export function UnusedDryRunTable({ run }: { run: UnusedDryRun }) {
  const touched = STEPS.filter(({ step }) => run[step].count > 0);
  return (
    <div className="grid gap-3 rounded border border-border px-4 py-3" role="status">
      <p className="font-medium">
        {touched.length === 0 ? "Today it would touch no key." : "If it ran today:"}
      </p>
      {touched.map(({ step, words }) => (
        <Step key={step} words={words} preview={run[step]} />
      ))}
    </div>
  );
}

function Step({ words, preview }: { words: string; preview: StepPreview }) {
  const { count, first } = preview;
  return (
    <details>
      <summary className="cursor-pointer rounded">
        {formatNumber(count)} key{count === 1 ? "" : "s"} {words}
      </summary>
      <ul className="mt-2 grid max-h-64 gap-1 overflow-y-auto text-sm">
        {first.map(({ id, name, project, idleSince }) => (
          <li key={id} className="flex flex-wrap gap-x-3">
            <Link
              href={`/projects/${project.id}/keys/${id}`}
              prefetch={false}
              className="rounded font-medium hover:underline"
            >
              {name}
            </Link>
            <span className="text-muted">
              {project.name}, unused since <RelativeTime at={idleSince} />
            </span>
          </li>
        ))}
        {count > first.length ? (
          <li className="text-muted">and {formatNumber(count - first.length)} more</li>
        ) : null}
      </ul>
    </details>
  );
}
