"use client";

import type { ActionResult } from "#domain/errors.ts";
import type { KeysChanged } from "#domain/keys/schema.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { customersText } from "./text.ts";

const { revoke: text } = customersText;

interface RevokeAllProps {
  projectId: string;
  externalId: string;
  /** How many keys are not revoked. */
  count: number;
  revoke: (input: {
    projectId: string;
    filter: { externalId: string };
    action: "revoke";
  }) => Promise<ActionResult<KeysChanged>>;
}

/** Revokes all keys of one customer, in batches. A batch that fails leaves the ones before revoked. */
export function RevokeAll({ projectId, externalId, count, revoke }: RevokeAllProps) {
  const revokeAll = async (): Promise<ActionResult<KeysChanged>> => {
    for (;;) {
      const result = await revoke({ projectId, filter: { externalId }, action: "revoke" });
      if (!result.ok || result.value.remaining === 0 || result.value.changed === 0) return result;
    }
  };
  return (
    <ConfirmButton
      variant="danger"
      label={text.label}
      title={text.title(externalId)}
      confirm={text.confirm}
      typeToConfirm={externalId}
      action={revokeAll}
    >
      <p>{text.body(count)}</p>
    </ConfirmButton>
  );
}
