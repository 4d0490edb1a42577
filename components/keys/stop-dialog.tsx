"use client";

import type { Key } from "#domain/keys/schema.ts";
import { PropagationStatus } from "../rotation/propagation-status.tsx";
import { ConfirmDialog } from "../ui/confirm.tsx";
import { toast } from "../ui/toast.ts";
import type { KeyActions } from "./actions.ts";
import { RecentTrafficText } from "./recent-traffic.tsx";
import { keysText } from "./text.ts";

const text = keysText.stop;

interface StopKeyDialogProps {
  subject: Pick<Key, "id" | "projectId" | "name">;
  kind: "revoke" | "disable";
  actions: Pick<KeyActions, "revoke" | "update" | "recentTraffic">;
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** Asks before a key stops working and shows its recent traffic; afterwards shows how many verifiers know. */
export function StopKeyDialog({ subject, kind, actions, open, onClose, onDone }: StopKeyDialogProps) {
  const ref = { projectId: subject.projectId, keyId: subject.id };
  const { title, confirm, body, done } = text[kind];
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={title(subject.name)}
      confirm={confirm}
      action={() => (kind === "revoke" ? actions.revoke(ref) : actions.update({ ...ref, enabled: false }))}
      onDone={() => {
        toast(done(subject.name), <PropagationStatus projectId={subject.projectId} what={text.subject} />);
        onDone();
      }}
    >
      {open ? <RecentTrafficText subject={subject} load={actions.recentTraffic} /> : null}
      <p>{body}</p>
    </ConfirmDialog>
  );
}
