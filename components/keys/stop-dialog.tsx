"use client";

import type { Key } from "#domain/keys/types.ts";
import { ReachLine } from "../rotation/reach-line.tsx";
import { ConfirmDialog } from "../ui/confirm.tsx";
import { toast } from "../ui/toaster.tsx";
import type { KeyActions } from "./actions.ts";
import { TrafficNow } from "./traffic-now.tsx";

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

/** Asks before a key stops working, with what would stop, and tells how far that has come when it is done. */
export function StopKeyDialog({ subject, kind, actions, open, onClose, onDone }: StopDialogProps) {
  const ref = { projectId: subject.projectId, keyId: subject.id };
  const revoking = kind === "revoke";
  const tell = () =>
    toast(
      `${subject.name} is ${revoking ? "revoked" : "switched off"}.`,
      <ReachLine projectId={subject.projectId} what="It" />,
    );
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={revoking ? `Revoke ${subject.name}?` : `Switch ${subject.name} off?`}
      confirm={revoking ? "Revoke key" : "Switch off"}
      action={() => (revoking ? actions.revoke(ref) : actions.update({ ...ref, enabled: false }))}
      onDone={() => {
        tell();
        onDone();
      }}
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
