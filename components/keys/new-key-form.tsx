"use client";

import Link from "next/link";
import { useState } from "react";
import type { KeyWithSecret } from "#domain/keys/types.ts";
import type { ActionFailure } from "#domain/result.ts";
import { NewKeyRestrictions, UNRESTRICTED } from "../restrictions/new-key-restrictions.tsx";
import type { SeenAddress } from "../restrictions/types.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field, FieldGroup } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { SegmentedRadios } from "../ui/segmented.tsx";
import type { KeyActions } from "./actions.ts";
import { ExpiryFields, withExpiry } from "./expiry-field.tsx";

/** An API that the project has enabled. */
export interface KeyApi {
  slug: string;
  name: string;
  baseUrl: string | null;
}

interface NewKeyFormProps {
  projectId: string;
  apis: KeyApi[];
  seen: SeenAddress | null;
  /** The site's rule: a live key must be restricted to where it is used from. */
  liveNeedsApplication: boolean;
  create: KeyActions["create"];
  onCreated: (made: KeyWithSecret) => void;
  onClose: () => void;
}

const ENVIRONMENTS = [
  { value: "live", label: "Live" },
  { value: "test", label: "Test" },
];

/** Asks what a new key is for. Nothing is made until the server says so. */
export function NewKeyForm(props: NewKeyFormProps) {
  const { projectId, apis, seen, liveNeedsApplication, create, onCreated, onClose } = props;
  const [wanted, setWanted] = useState(UNRESTRICTED);
  const [environment, setEnvironment] = useState("live");
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title="Create a key"
      description="A named credential for one program. Its secret is shown once, right after."
    >
      <ActionForm
        attempt={{ form: "key", subject: projectId }}
        action={(data, key) =>
          withExpiry(data, async (expiresAt) => {
            if (wanted.hindrance !== null) return notYet(wanted.hindrance);
            const name = textOf(data, "name");
            const chosen = textOf(data, "environment") === "test" ? "test" : "live";
            const { restrictions } = wanted;
            return create({ projectId, name, environment: chosen, expiresAt, restrictions }, key);
          })
        }
        onDone={onCreated}
      >
        <Field name="name" label="Name" hint="What will use it, so that others know whom it belongs to.">
          <Input placeholder="checkout server" autoComplete="off" />
        </Field>
        <FieldGroup name="environment" legend="Environment" hint="Counted apart, and said in every verdict.">
          <SegmentedRadios
            label="Environment"
            name="environment"
            defaultValue="live"
            options={ENVIRONMENTS}
            onChange={setEnvironment}
          />
        </FieldGroup>
        <ExpiryFields />
        {apis.length > 0 ? null : (
          <p className="rounded border border-attention/40 bg-attention-soft px-3 py-2 text-sm">
            The project has no API enabled yet, so every check of this key will be refused.{" "}
            <Link href={`/projects/${projectId}/apis`} className="font-medium underline">
              Enable an API
            </Link>
          </p>
        )}
        <NewKeyRestrictions
          projectId={projectId}
          apis={apis}
          seen={seen}
          demanded={liveNeedsApplication && environment === "live"}
          onChange={setWanted}
        />
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton>Create key</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}

/** Told at the restrictions, without asking the server, which would refuse it as well. */
function notYet(message: string): ActionFailure {
  return { ok: false, code: "invalid", message, errors: [{ path: "restrictions", message }] };
}
