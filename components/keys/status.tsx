import type { Environment } from "#core/verdict.ts";
import { Badge, StatusDot } from "../ui/badge.tsx";
import { ENVIRONMENT_TEXT } from "./environment-text.ts";
import { keyState } from "./state.ts";
import { ANY_API_TEXT } from "./status-text.ts";

type Props = { keyFacts: Parameters<typeof keyState>[0]; nowMs: number; className?: string };

/** A dot, the status, and what happens soon. */
export function KeyStatusLine({ keyFacts, nowMs, className }: Props) {
  const { tone, label, detail } = keyState(keyFacts, nowMs);
  return (
    <StatusDot tone={tone} near={detail} className={className}>
      {label}
    </StatusDot>
  );
}

/** The APIs that a key may call. An empty list means every API that the project has enabled. */
export function KeyApis({ slugs }: { slugs: string[] }) {
  if (slugs.length === 0) return <span className="text-sm whitespace-nowrap text-muted">{ANY_API_TEXT}</span>;
  const shown = slugs.slice(0, 2).join(", ");
  const more = slugs.length - 2;
  return (
    <span className="relative text-sm whitespace-nowrap" data-tip={more > 0 ? slugs.join(", ") : undefined}>
      {shown}
      {more > 0 ? <span className="text-muted"> +{more}</span> : null}
    </span>
  );
}

export function EnvironmentBadge({ environment }: { environment: Environment }) {
  return <Badge tone={environment === "live" ? "accent" : undefined}>{ENVIRONMENT_TEXT[environment]}</Badge>;
}
