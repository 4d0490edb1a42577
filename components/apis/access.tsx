import type { ApiAccess } from "#db/tables/catalogue.ts";
import type { AccessStatus } from "#db/tables/projects.ts";
import { Badge, StatusDot, type Tone } from "../ui/badge.tsx";

/** Who may enable an API. */
export function AccessBadge({ access }: { access: ApiAccess }) {
  return access === "open" ? (
    <Badge>Open</Badge>
  ) : (
    <Badge tone="attention">
      <span data-tip="An administrator decides about each project that asks">By approval</span>
    </Badge>
  );
}

const STATUS: Record<AccessStatus, { tone: Tone; word: string }> = {
  enabled: { tone: "good", word: "Enabled" },
  pending: { tone: "attention", word: "Waits for approval" },
  declined: { tone: "bad", word: "Declined" },
};

/** How an API stands with a project. */
export function AccessStatusDot({ status }: { status: AccessStatus }) {
  const { tone, word } = STATUS[status];
  return <StatusDot tone={tone}>{word}</StatusDot>;
}
