import { StatusDot } from "../ui/badge.tsx";
import { keyState } from "./state.ts";

type Props = { keyFacts: Parameters<typeof keyState>[0]; nowMs: number; className?: string };

/** How a key stands: dot, word, and what is near. */
export function KeyStatusLine({ keyFacts, nowMs, className }: Props) {
  const { tone, word, near } = keyState(keyFacts, nowMs);
  return (
    <StatusDot tone={tone} near={near} className={className}>
      {word}
    </StatusDot>
  );
}

/** Which APIs a key may call. Without a list: every one that the project has enabled. */
export function KeyApis({ slugs }: { slugs: string[] }) {
  if (slugs.length === 0) return <span className="text-sm whitespace-nowrap text-muted">Any enabled</span>;
  const shown = slugs.slice(0, 2).join(", ");
  const more = slugs.length - 2;
  return (
    <span className="relative text-sm whitespace-nowrap" data-tip={more > 0 ? slugs.join(", ") : undefined}>
      {shown}
      {more > 0 ? <span className="text-muted"> +{more}</span> : null}
    </span>
  );
}
