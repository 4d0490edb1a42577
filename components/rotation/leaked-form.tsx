"use client";

import { useState } from "react";
import type { Key, KeyWithSecret } from "#domain/keys/types.ts";
import type { ActionResult } from "#domain/result.ts";
import { RecentTrafficText } from "../keys/recent-traffic.tsx";
import { Button } from "../ui/button.tsx";
import { Radio } from "../ui/checkbox.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import type { SecretActions } from "./actions.ts";
import { ReachLine } from "./reach-line.tsx";

interface LeakedFormProps {
  subject: Key;
  actions: SecretActions;
  onRotated: (made: KeyWithSecret) => void;
  onClose: () => void;
  /** After a revocation that was looked at to its end. */
  onRevoked: () => void;
}

/** Both ways to have a secret refused at once, with what stands to break, and how far the refusal has come. */
export function LeakedForm({ subject, actions, onRotated, onClose, onRevoked }: LeakedFormProps) {
  const [way, setWay] = useState<"rotate" | "revoke">("rotate");
  const [revoked, setRevoked] = useState(false);
  const ref = { projectId: subject.projectId, keyId: subject.id };
  if (revoked) {
    return (
      <Dialog open onClose={onRevoked} title={`${subject.name} is revoked`}>
        <ReachLine projectId={subject.projectId} what="The key" />
        <p className="text-muted">
          It can be restored for 30 days, with the secret that leaked: rotate it then.
        </p>
        <FormActions>
          <Button variant="primary" onClick={onRevoked}>
            Done
          </Button>
        </FormActions>
      </Dialog>
    );
  }
  const act = async (data: FormData, key: string): Promise<ActionResult<KeyWithSecret | null>> => {
    if (textOf(data, "way") === "rotate")
      return actions.rotate({ ...ref, overlapSeconds: 0, endOlder: true }, key);
    const result = await actions.revoke(ref);
    return result.ok ? { ok: true, value: null } : result;
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${subject.name} leaked`}
      description="Whoever found the secret can use it until it is refused."
    >
      <ActionForm
        attempt={{ form: "rotation", subject: subject.id }}
        action={act}
        onDone={(made) => (made ? onRotated(made) : setRevoked(true))}
      >
        <RecentTrafficText subject={subject} load={actions.recentTraffic} />
        <fieldset className="grid gap-3">
          <legend className="mb-2 font-medium">What now?</legend>
          <Radio
            name="way"
            value="rotate"
            checked={way === "rotate"}
            onChange={() => setWay("rotate")}
            label="Rotate it with no overlap"
            hint="The key stays; every secret it has had is refused within a second. Bring the new one to where it runs."
          />
          <Radio
            name="way"
            value="revoke"
            checked={way === "revoke"}
            onChange={() => setWay("revoke")}
            label="Revoke it"
            hint="Nothing needs it, or nothing may use it before it is looked at. Restorable for 30 days."
          />
        </fieldset>
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton variant="danger">
            {way === "rotate" ? "Refuse the old secret now" : "Revoke key now"}
          </SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}
