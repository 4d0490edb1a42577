import type { BrokenKeys, KeyRulesDryRun } from "#domain/keys/lifecycle/rules/schema.ts";
import { Link } from "../ui/link.tsx";
import { DateTime } from "../ui/time.tsx";
import { keyRulesText } from "./key-rules-text.ts";

const { preview: text, names } = keyRulesText;

const EFFECTS = ["end", "notify", "keep"] as const;

/** What key rules would do to existing keys. */
export function KeyRulesPreview({ run }: { run: KeyRulesDryRun }) {
  const effects = EFFECTS.filter((effect) => run[effect].count > 0);
  return (
    <div className="grid gap-3 rounded border border-border px-4 py-3" role="status">
      {effects.length === 0 ? <p className="font-medium">{text.none}</p> : null}
      {effects.map((effect) => (
        <Effect key={effect} words={text[effect](run[effect].count)} broken={run[effect]} />
      ))}
      {run.complete ? null : <p className="text-sm text-muted">{text.partial}</p>}
    </div>
  );
}

function Effect({ words, broken: { count, first } }: { words: string; broken: BrokenKeys }) {
  return (
    <details>
      <summary className="cursor-pointer rounded">{words}</summary>
      <ul className="mt-2 grid max-h-64 gap-1 overflow-y-auto text-sm">
        {first.map(({ id, name, project, rules, endsAt }) => (
          <li key={id} className="flex flex-wrap gap-x-3">
            <Link href={`/projects/${project.id}/keys/${id}`} className="rounded font-medium hover:underline">
              {name}
            </Link>
            <span className="text-muted">
              {project.name}: {rules.map((rule) => names[rule]).join(", ")}
              {endsAt === null ? null : (
                <>
                  {" · "}
                  <DateTime at={endsAt} />
                </>
              )}
            </span>
          </li>
        ))}
        {count > first.length ? <li className="text-muted">{text.more(count - first.length)}</li> : null}
      </ul>
    </details>
  );
}
