"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import type { Key, KeyWithSecret } from "#domain/keys/schema.ts";
import { RecentTrafficText } from "../keys/recent-traffic.tsx";
import { Button } from "../ui/button.tsx";
import { Radio } from "../ui/checkbox.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import type { SecretActions } from "./actions.ts";
import { PropagationStatus } from "./propagation-status.tsx";
import { TEXT as TEXTS } from "./text.ts";

const TEXT = TEXTS.leak;

interface LeakedFormProps {
  subject: Key;
  actions: SecretActions;
  onRotated: (created: KeyWithSecret) => void;
  onClose: () => void;
  /** The reader has seen the result of the revocation. */
  onRevoked: () => void;
}

/** Ends a leaked secret by rotation or revocation. Shows the traffic that will be denied, and the verifiers' progress. */
export function LeakedForm({ subject, actions, onRotated, onClose, onRevoked }: LeakedFormProps) {
  const [response, setResponse] = useState<"rotate" | "revoke">("rotate");
  const [revoked, setRevoked] = useState(false);
  const ref = { projectId: subject.projectId, keyId: subject.id };
  if (revoked) {
    return (
      <Dialog open onClose={onRevoked} title={TEXT.revoked(subject.name)}>
        <PropagationStatus projectId={subject.projectId} what={TEXT.key} />
        <p className="text-muted">{TEXT.revokedBody}</p>
        <FormActions>
          <Button variant="primary" onClick={onRevoked}>
            {TEXT.done}
          </Button>
        </FormActions>
      </Dialog>
    );
  }
  const submit = async (data: FormData, key: string): Promise<ActionResult<KeyWithSecret | null>> => {
    if (textOf(data, "response") === "rotate")
      return actions.rotate({ ...ref, overlapSeconds: 0, endOlder: true }, key);
    const result = await actions.revoke(ref);
    return result.ok ? { ok: true, value: null } : result;
  };
  return (
    <Dialog open onClose={onClose} title={TEXT.title(subject.name)} description={TEXT.description}>
      <ActionForm
        attempt={{ form: "rotation", subject: subject.id }}
        action={submit}
        onDone={(created) => (created ? onRotated(created) : setRevoked(true))}
      >
        <RecentTrafficText subject={subject} load={actions.recentTraffic} />
        <fieldset className="grid gap-3">
          <legend className="mb-2 font-medium">{TEXT.question}</legend>
          <Radio
            name="response"
            value="rotate"
            checked={response === "rotate"}
            onChange={() => setResponse("rotate")}
            label={TEXT.rotate}
            hint={TEXT.rotateHint}
          />
          <Radio
            name="response"
            value="revoke"
            checked={response === "revoke"}
            onChange={() => setResponse("revoke")}
            label={TEXT.revoke}
            hint={TEXT.revokeHint}
          />
        </fieldset>
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>{TEXT.cancel}</Button>
          <SubmitButton variant="danger">
            {response === "rotate" ? TEXT.submitRotate : TEXT.submitRevoke}
          </SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}
