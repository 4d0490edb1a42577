import type { ComponentProps } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { tokensText } from "./text.ts";
import { TokenActions } from "./token-table.tsx";

const { revoke: text } = tokensText;

interface ManagementTokenActionsProps
  extends Omit<ComponentProps<typeof TokenActions>, "variable" | "children"> {
  revoke: () => Promise<ActionResult<unknown>>;
}

/** The buttons of a management token in a table: end its old secret, rotate it, revoke it. */
export function ManagementTokenActions({ revoke, ...rest }: ManagementTokenActionsProps) {
  const { name } = rest.token;
  return (
    <TokenActions {...rest} variable="LATCHKEY_TOKEN">
      <ConfirmButton
        variant="ghost"
        size="sm"
        label={text.label}
        about={text.about(name)}
        title={text.title(name)}
        confirm={text.confirm}
        action={revoke}
      >
        <p>{text.effect}</p>
      </ConfirmButton>
    </TokenActions>
  );
}
