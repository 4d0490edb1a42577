"use client";

import { useEffect, useState } from "react";
import type { Key } from "#domain/keys/types.ts";
import type { RecentTraffic } from "#domain/usage/types.ts";
import { ConfirmDialog } from "../ui/confirm.tsx";
import { formatCount } from "../ui/format.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { RelativeTime } from "../ui/time.tsx";
import type { KeyActions } from "./actions.ts";

type Subject = Pick<Key, "id" | "projectId" | "name">;

interface StopDialogProps {
  subject: Subject;
  /** Revoke for good (restorable for 30 days), or switch off for now. */
  kind: "revoke" | "disable";
  actions: Pick<KeyActions, "revoke" | "update" | "recentTraffic">;
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** Asks before a key stops working, with what would stop: its traffic of just now, in numbers. */
export function StopKeyDialog({ subject, kind, actions, open, onClose, onDone }: StopDialogProps) {
  const ref = { projectId: subject.projectId, keyId: subject.id };
  const revoking = kind === "revoke";
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={revoking ? `Revoke ${subject.name}?` : `Switch ${subject.name} off?`}
      confirm={revoking ? "Revoke key" : "Switch off"}
      action={() => (revoking ? actions.revoke(ref) : actions.update({ ...ref, enabled: false }))}
      onDone={onDone}
    >
      {open ? <TrafficNow subject={subject} ask={actions.recentTraffic} /> : null}
      <p>
        {revoking
          ? "All its secrets are refused everywhere within a second. It can be restored for 30 days."
          : "It is refused everywhere within a second, until somebody switches it on again."}
      </p>
    </ConfirmDialog>
  );
}

/** "412 checks in the last hour used this key." */
function TrafficNow({ subject, ask }: { subject: Subject; ask: KeyActions["recentTraffic"] }) {
  const [traffic, setTraffic] = useState<RecentTraffic | "unknown" | null>(null);
  const { id: keyId, projectId } = subject;
  useEffect(() => {
    let wanted = true;
    ask({ projectId, keyId })
      .then((result) => wanted && setTraffic(result.ok ? result.value : "unknown"))
      .catch(() => wanted && setTraffic("unknown"));
    return () => {
      wanted = false;
    };
  }, [ask, projectId, keyId]);
  if (traffic === null) return <Skeleton className="h-[22px] w-72 max-w-full" />;
  return <p className="font-medium text-ink">{trafficWords(traffic)}</p>;
}

function trafficWords(traffic: RecentTraffic | "unknown") {
  if (traffic === "unknown") return "How much it was used just now could not be read.";
  const { lastHour, lastDay, lastUsedAt } = traffic;
  const checks = (count: number) => `${formatCount(count)} check${count === 1 ? "" : "s"}`;
  if (lastHour.valid > 0) {
    return `${checks(lastHour.valid)} in the last hour used this key, ${formatCount(lastDay.valid)} in the last day.`;
  }
  if (lastDay.valid > 0)
    return `${checks(lastDay.valid)} in the last day used this key, none in the last hour.`;
  if (lastUsedAt === null) return "This key was never used.";
  return (
    <>
      Nothing used this key in the last day. It was last used <RelativeTime at={lastUsedAt} />.
    </>
  );
}
