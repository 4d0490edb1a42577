"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { plural } from "#core/format.ts";
import type { SecondFactor } from "#domain/access/accounts/factors/manage.ts";
import type { ActionResult } from "#domain/errors.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { factorText } from "./factor-text.ts";
import { RecoveryCodesDialog, withCodesDialog } from "./recovery-codes-loader.ts";
import { SetUpTotp, type SetUpTotpActions } from "./set-up-totp.tsx";

const { secondFactor: text } = factorText;

export interface SecondFactorActions extends SetUpTotpActions {
  renewCodes: () => Promise<ActionResult<{ recoveryCodes: string[] }>>;
  remove: () => Promise<ActionResult<unknown>>;
}

interface SecondFactorPanelProps {
  factor: SecondFactor;
  /** Whether the user has a passkey, which recovery codes replace too. */
  hasPasskey: boolean;
  actions: SecondFactorActions;
}

/** The user's authenticator app and recovery codes. */
export function SecondFactorPanel({ factor, hasPasskey, actions }: SecondFactorPanelProps) {
  const router = useRouter();
  const [codes, setCodes] = useState<string[] | null>(null);
  const hasApp = factor.since !== null;
  const codesLeft = text.codesLeft(plural(factor.recoveryCodesLeft, "recovery code"));
  return (
    <div className="grid justify-items-start gap-4">
      <p className={hasApp ? undefined : "text-muted"}>
        {factor.since === null ? (
          hasPasskey ? (
            text.noApp
          ) : (
            text.none
          )
        ) : (
          <>
            {text.since}
            <RelativeTime at={factor.since} />.
          </>
        )}
        {hasApp || hasPasskey ? ` ${codesLeft}` : null}
      </p>
      <div className="flex flex-wrap gap-2">
        {hasApp ? null : <SetUpTotp actions={actions} onDone={() => router.refresh()} />}
        {hasApp || hasPasskey ? (
          <ConfirmButton
            label={text.renew.label}
            title={text.renew.title}
            confirm={text.renew.confirm}
            harmless
            action={() => withCodesDialog(actions.renewCodes)}
            onDone={({ recoveryCodes }) => setCodes(recoveryCodes)}
          >
            <p>{text.renew.effect}</p>
          </ConfirmButton>
        ) : null}
        {hasApp ? (
          <ConfirmButton
            label={text.remove.label}
            title={text.remove.title}
            confirm={text.remove.confirm}
            action={actions.remove}
          >
            <p>{text.remove.effect}</p>
          </ConfirmButton>
        ) : null}
      </div>
      {codes === null ? null : (
        <RecoveryCodesDialog
          codes={codes}
          onClose={() => {
            setCodes(null);
            router.refresh();
          }}
        />
      )}
    </div>
  );
}
