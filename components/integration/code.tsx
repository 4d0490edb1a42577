import { clsx } from "clsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { Link } from "../ui/link.tsx";
import { type CodeText, isGateway, STACKS, type Stack } from "./stacks.ts";
import { integrationText as text } from "./text.ts";

interface IntegrationCodeProps {
  stack: Stack;
  code: CodeText[];
  /** The page's path. Each stack has its own URL below it. */
  base: string;
}

/** What to paste into a service or a gateway, with a tab for each stack. */
export function IntegrationCode({ stack, code, base }: IntegrationCodeProps) {
  return (
    <div className="grid min-w-0 gap-4">
      <nav aria-label={text.stacks}>
        <ul className="flex flex-wrap gap-1.5">
          {STACKS.map(({ id, label }) => (
            <li key={id}>
              <Link
                href={`${base}?stack=${id}`}
                scroll={false}
                aria-current={id === stack.id ? "page" : undefined}
                className={clsx(
                  "inline-flex h-7 items-center rounded border px-2.5 text-sm transition-colors",
                  id === stack.id
                    ? "border-accent bg-surface font-medium text-ink"
                    : "border-border text-muted hover:text-ink",
                )}
              >
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {code.map((block) => (
        <CodeBlock key={block.title} {...block} />
      ))}
      <p className="text-sm text-muted">{isGateway(stack) ? text.gatewayHint : text.tokenHint}</p>
    </div>
  );
}
