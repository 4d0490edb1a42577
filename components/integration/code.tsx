import { CodeBlock } from "../ui/code-block.tsx";
import { TabLinks } from "../ui/tabs.tsx";
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
      <TabLinks
        label={text.stacks}
        tabs={STACKS.map(({ id, label }) => ({
          label,
          href: `${base}?stack=${id}#verify`,
          current: id === stack.id,
        }))}
      />
      {code.map((block) => (
        <CodeBlock key={block.title} {...block} />
      ))}
      <p className="text-sm text-muted">{isGateway(stack) ? text.gatewayHint : text.tokenHint}</p>
    </div>
  );
}
