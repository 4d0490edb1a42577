"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import type { Key } from "#domain/keys/schema.ts";
import type { NewSecret, SecretActions } from "../keys/actions.ts";
import { RecentTrafficText } from "../keys/recent-traffic.tsx";
import { Button } from "../ui/button.tsx";
import { Radio } from "../ui/checkbox.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { ReservedLines } from "../ui/reserved-lines.tsx";
import { PropagationStatus } from "./propagation-status.tsx";
import { rotationText } from "./text.ts";

const text = rotationText.leak;

interface LeakedFormProps {
  subject: Key;
  actions: SecretActions;
  onRotated: (created: NewSecret) => void;
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
      <Dialog open onClose={onRevoked} title={text.revoked(subject.name)}>
        <ReservedLines>
          <PropagationStatus projectId={subject.projectId} what={text.key} />
        </ReservedLines>
        <p className="text-muted">{text.revokedBody}</p>
        <FormActions>
          <Button variant="primary" onClick={onRevoked}>
            {text.done}
          </Button>
        </FormActions>
      </Dialog>
    );
  }
  const submit = async (data: FormData, key: string): Promise<ActionResult<NewSecret | null>> => {
    if (textOf(data, "response") === "rotate")
      return actions.rotate({ ...ref, overlapSeconds: 0, endOlder: true }, key);
    const result = await actions.revoke(ref);
    return result.ok ? { ok: true, value: null } : result;
  };
  return (
    <Dialog open onClose={onClose} title={text.title(subject.name)} description={text.description}>
      <ActionForm
        attempt={{ form: "rotation", subject: subject.id }}
        action={submit}
        onDone={(created) => (created ? onRotated(created) : setRevoked(true))}
      >
        <RecentTrafficText subject={subject} load={actions.recentTraffic} />
        <fieldset className="grid gap-3">
          <legend className="mb-2 font-medium">{text.question}</legend>
          <Radio
            name="response"
            value="rotate"
            checked={response === "rotate"}
            onChange={() => setResponse("rotate")}
            label={text.rotate}
            hint={text.rotateHint}
          />
          <Radio
            name="response"
            value="revoke"
            checked={response === "revoke"}
            onChange={() => setResponse("revoke")}
            label={text.revoke}
            hint={text.revokeHint}
          />
        </fieldset>
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>{text.cancel}</Button>
          <SubmitButton variant="danger">
            {response === "rotate" ? text.submitRotate : text.submitRevoke}
          </SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}
