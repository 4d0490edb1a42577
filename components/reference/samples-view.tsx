import { clsx } from "clsx";
import type { ReferenceOperation } from "#domain/catalog/reference/operation.ts";
import { CodeBlock } from "../ui/code-block.tsx";
import { Link } from "../ui/link.tsx";
import { operationHref } from "./links.ts";
import { LANGUAGES, type Language, sampleCode } from "./samples.ts";
import { referenceText as text } from "./text.ts";

interface SamplesProps {
  slug: string;
  operation: ReferenceOperation;
  language: Language;
}

/** The example request in the chosen language, and example responses. */
export function Samples({ slug, operation, language }: SamplesProps) {
  const { sample, responses } = operation;
  const label = LANGUAGES.find(({ id }) => id === language)?.label ?? language;
  const answers = responses
    .flatMap(({ status, content }) => content.slice(0, 1).map((media) => ({ status, ...media })))
    .filter(({ example }) => example !== null)
    .slice(0, 4);
  const location = sample.key.in === "query" ? text.inQuery(sample.key.name) : text.inHeader(sample.key.name);
  return (
    <div className="grid min-w-0 gap-4">
      <nav aria-label={text.languages}>
        <ul className="flex flex-wrap gap-1.5">
          {LANGUAGES.map(({ id, label: name }) => (
            <li key={id}>
              <Link
                href={operationHref(slug, operation.name, id)}
                scroll={false}
                replace
                aria-current={id === language ? "page" : undefined}
                className={clsx(
                  "inline-flex h-7 items-center rounded border px-2.5 text-sm transition-colors",
                  id === language
                    ? "border-accent bg-surface font-medium text-ink"
                    : "border-border text-muted hover:text-ink",
                )}
              >
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <CodeBlock title={label} code={sampleCode(sample, language)} />
      <p className="text-sm text-muted">{text.sampleHint(location)}</p>
      {answers.map(({ status, example }) => (
        <CodeBlock
          key={status}
          title={text.response(status)}
          code={example ?? ""}
          className="max-h-96 overflow-y-auto"
        />
      ))}
    </div>
  );
}
