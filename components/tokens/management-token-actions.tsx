import type { ManagementToken } from "#domain/access/management-tokens/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import type { ExpiryChoice } from "./expiry-choice.ts";
import { RotateTokenButton } from "./rotate-button.tsx";
import type { TokenRotation } from "./rotate-form.tsx";
import { tokensText } from "./text.ts";

const { older, revoke: revokeText } = tokensText;

interface ManagementTokenActionsProps {
  token: Pick<ManagementToken, "id" | "name" | "older">;
  /** Name of the rotation's form among the attempts. */
  form: string;
  /** In the middle of a sentence: "management token". */
  noun: string;
  expiry: ExpiryChoice;
  endOverlap: () => Promise<ActionResult<unknown>>;
  rotate: (rotation: TokenRotation, key: string) => Promise<ActionResult<{ token: string }>>;
  revoke: () => Promise<ActionResult<unknown>>;
}

/** The buttons of a management token in a table: end its old secret, rotate it, revoke it. */
export function ManagementTokenActions({
  token,
  form,
  noun,
  expiry,
  endOverlap,
  rotate,
  revoke,
}: ManagementTokenActionsProps) {
  const { name } = token;
  return (
    <div className="flex gap-1 max-sm:flex-wrap sm:justify-end">
      {token.older ? (
        <ConfirmButton
          variant="ghost"
          size="sm"
          label={older.end}
          about={older.endAbout(name)}
          title={older.endTitle(name)}
          confirm={older.endConfirm}
          action={endOverlap}
        >
          <p>{older.endEffect}</p>
        </ConfirmButton>
      ) : null}
      <RotateTokenButton
        subject={token}
        form={form}
        noun={noun}
        expiry={expiry}
        rotate={rotate}
        variable="LATCHKEY_TOKEN"
      />
      <ConfirmButton
        variant="ghost"
        size="sm"
        label={revokeText.label}
        about={revokeText.about(name)}
        title={revokeText.title(name)}
        confirm={revokeText.confirm}
        action={revoke}
      >
        <p>{revokeText.effect}</p>
      </ConfirmButton>
    </div>
  );
}
