import type { ApiAccess } from "#db/tables/catalog.ts";
import type { AccessStatus } from "#db/tables/projects.ts";
import { Badge, StatusDot, type Tone } from "../ui/badge.tsx";
import { apisText } from "./text.ts";

/** Whether an API needs approval. */
export function AccessBadge({ access }: { access: ApiAccess }) {
  return access === "open" ? (
    <Badge>{apisText.access.open}</Badge>
  ) : (
    <Badge tone="attention">
      <span data-tip={apisText.access.approvalTip}>{apisText.access.approval}</span>
    </Badge>
  );
}

const TONES: Record<AccessStatus, Tone> = { enabled: "good", pending: "attention", declined: "bad" };

/** The status of an API in a project. */
export function AccessStatusDot({ status }: { status: AccessStatus }) {
  return <StatusDot tone={TONES[status]}>{apisText.status[status]}</StatusDot>;
}
