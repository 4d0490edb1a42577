"use client";

import { useState } from "react";
import type { ActionFailure } from "#domain/errors.ts";
import { NewKeyRestrictions, UNRESTRICTED } from "../restrictions/new-key-restrictions.tsx";
import type { SeenIpAddress } from "../restrictions/types.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field, FieldGroup } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { Link } from "../ui/link.tsx";
import { SegmentedRadios } from "../ui/segmented.tsx";
import type { KeyActions, NewSecret } from "./actions.ts";
import { DetailFields, detailsOf } from "./detail-fields.tsx";
import { ENVIRONMENT_TEXT } from "./environment-text.ts";
import { ExpiryFields, withExpiry } from "./expiry-field.tsx";
import { keysText } from "./text.ts";

const CREATE = keysText.create;

/** An API that the project has enabled. */
export interface KeyApi {
  slug: string;
  name: string;
}

interface NewKeyFormProps {
  projectId: string;
  apis: KeyApi[];
  seen: SeenIpAddress | null;
  /** The site's policy: a live key must be restricted to where it is used from. */
  liveNeedsApplication: boolean;
  /** A rule for keys, unless the reader is an owner: a live key works once an owner approved it. */
  liveNeedsApproval: boolean;
  create: KeyActions["create"];
  onCreated: (created: NewSecret) => void;
  onClose: () => void;
}

const ENVIRONMENTS = [
  { value: "live", label: ENVIRONMENT_TEXT.live },
  { value: "test", label: ENVIRONMENT_TEXT.test },
];

/** The form of a new key. The key exists once the server has answered. */
export function NewKeyForm(props: NewKeyFormProps) {
  const { projectId, apis, seen, liveNeedsApplication, liveNeedsApproval, create, onCreated, onClose } =
    props;
  const [draft, setDraft] = useState(UNRESTRICTED);
  const [environment, setEnvironment] = useState("live");
  return (
    <Dialog open onClose={onClose} wide title={CREATE.title} description={CREATE.description}>
      <ActionForm
        attempt={{ form: "key", subject: projectId }}
        action={(data, key) =>
          withExpiry(data, async (expiresAt) => {
            if (draft.problem !== null) return invalidRestrictions(draft.problem);
            const name = textOf(data, "name");
            const environment = textOf(data, "environment") === "test" ? "test" : "live";
            const { restrictions } = draft;
            const details = detailsOf(data);
            return create({ projectId, name, environment, expiresAt, restrictions, ...details }, key);
          })
        }
        onDone={onCreated}
      >
        <Field name="name" label={CREATE.name} hint={CREATE.nameHint}>
          <Input placeholder={CREATE.namePlaceholder} autoComplete="off" />
        </Field>
        <FieldGroup name="environment" legend={CREATE.environment} hint={CREATE.environmentHint}>
          <SegmentedRadios
            name="environment"
            defaultValue="live"
            options={ENVIRONMENTS}
            onChange={setEnvironment}
          />
        </FieldGroup>
        {liveNeedsApproval && environment === "live" ? (
          <p className="rounded border border-attention/40 bg-attention-soft px-3 py-2 text-sm">
            {CREATE.needsApproval}
          </p>
        ) : null}
        <ExpiryFields />
        <DetailFields />
        {apis.length > 0 ? null : (
          <p className="rounded border border-attention/40 bg-attention-soft px-3 py-2 text-sm">
            {CREATE.noApis}{" "}
            <Link href={`/projects/${projectId}/apis`} className="font-medium underline">
              {CREATE.enableApi}
            </Link>
          </p>
        )}
        <NewKeyRestrictions
          projectId={projectId}
          apis={apis}
          seen={seen}
          required={liveNeedsApplication && environment === "live"}
          onChange={setDraft}
        />
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>{CREATE.cancel}</Button>
          <SubmitButton>{CREATE.submit}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}

/** Shows the problem at the restrictions without a request, which the server would reject as well. */
function invalidRestrictions(message: string): ActionFailure {
  return { ok: false, code: "invalid", message, errors: [{ path: "restrictions", message }] };
}
