"use client";

import { useState } from "react";
import { DEFAULT_SCOPES, type ManagementScope, MEMBERS_WRITE } from "#core/scopes.ts";
import type { ManagementTokenWithToken } from "#domain/access/management-tokens/types.ts";
import type { ActionResult } from "#domain/errors.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";

export type CreateManagementToken = (
  input: {
    name: string;
    scopes?: ManagementScope[];
    password?: string;
  },
  key: string,
) => Promise<ActionResult<ManagementTokenWithToken>>;

interface TokenFormProps {
  /** Users without one confirm by a sign-in that is not long ago. */
  hasPassword: boolean;
  create: CreateManagementToken;
  onCreated: (made: ManagementTokenWithToken) => void;
  onClose: () => void;
}

/** What a management token is for, and whether it may change who belongs to projects. */
export function TokenForm({ hasPassword, create, onCreated, onClose }: TokenFormProps) {
  const [members, setMembers] = useState(false);
  return (
    <Dialog
      open
      onClose={onClose}
      title="New management token"
      description="A script that holds it can do what you can do here, except manage users, tokens and ownership."
    >
      <ActionForm
        attempt={{ form: "management-token", subject: "" }}
        action={(data, key) =>
          create(
            {
              name: textOf(data, "name"),
              ...(members && {
                scopes: [...DEFAULT_SCOPES, MEMBERS_WRITE],
                // As typed: spaces belong to a password.
                password: String(data.get("password") ?? ""),
              }),
            },
            key,
          )
        }
        onDone={onCreated}
      >
        <Field name="name" label="Name" hint="The script that will hold it: nightly rotation.">
          <Input maxLength={100} autoComplete="off" />
        </Field>
        <Checkbox
          name="members"
          checked={members}
          onChange={(event) => setMembers(event.target.checked)}
          label="Let it invite people and change project members"
          hint="The owners of a project are notified of each change it makes."
        />
        {members ? <Confirmation hasPassword={hasPassword} /> : null}
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton>Make token</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}

function Confirmation({ hasPassword }: { hasPassword: boolean }) {
  if (!hasPassword) {
    return <p className="text-sm text-muted">This needs a sign-in within the last 15 minutes.</p>;
  }
  return (
    <Field name="password" label="Your password" hint="Confirms that it is you who grants this.">
      <Input type="password" autoComplete="current-password" required />
    </Field>
  );
}
