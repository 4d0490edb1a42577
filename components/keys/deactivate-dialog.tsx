"use client";

import type { Key } from "#domain/keys/schema.ts";
import { PropagationStatus } from "../rotation/propagation-status.tsx";
import { callAction } from "../ui/attempt.tsx";
import { ConfirmDialog } from "../ui/confirm.tsx";
import { FailureText } from "../ui/failure-text.tsx";
import { uiText } from "../ui/text.ts";
import { toast } from "../ui/toast.ts";
import type { RowActions } from "./actions.ts";
import { RecentTrafficText } from "./recent-traffic.tsx";
import { keysText } from "./text.ts";

const text = keysText.deactivate;

interface DeactivateKeyDialogProps {
  subject: Pick<Key, "id" | "projectId" | "name">;
  kind: "revoke" | "disable";
  actions: RowActions;
  /** Whether the message afterwards offers to undo it. */
  canUndo: boolean;
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** Asks before a key stops working and shows its recent traffic; afterwards shows how many verifiers know. */
export function DeactivateKeyDialog(props: DeactivateKeyDialogProps) {
  const { subject, kind, actions, canUndo, open, onClose, onDone } = props;
  const ref = { projectId: subject.projectId, keyId: subject.id };
  const { title, confirm, body, done } = text[kind];
  const undo = async () => {
    const reactivate = () =>
      kind === "revoke" ? actions.restore(ref) : actions.update({ ...ref, enabled: true });
    const result = await callAction(reactivate);
    if (result.ok) toast(text.undone(subject.name));
    else toast(keysText.menu.unchanged(subject.name), <FailureText {...result} />);
  };
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={title(subject.name)}
      confirm={confirm}
      action={() => (kind === "revoke" ? actions.revoke(ref) : actions.update({ ...ref, enabled: false }))}
      onDone={() => {
        toast(
          done(subject.name),
          <PropagationStatus projectId={subject.projectId} what={text.subject} />,
          canUndo ? { label: uiText.undo, run: undo } : undefined,
        );
        onDone();
      }}
    >
      {open ? <RecentTrafficText subject={subject} load={actions.recentTraffic} /> : null}
      <p>{body}</p>
    </ConfirmDialog>
  );
}
