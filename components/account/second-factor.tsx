"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { SecondFactor, TotpSetup } from "#domain/access/accounts/factors/manage.ts";
import type { ActionResult } from "#domain/errors.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { plural } from "../ui/format.ts";
import { RelativeTime } from "../ui/time.tsx";
import { RecoveryCodesDialog } from "./recovery-codes.tsx";
import { accountText } from "./text.ts";
import { TotpDialog } from "./totp-dialog.tsx";

const { secondFactor: text } = accountText;

export interface SecondFactorActions {
  start: () => Promise<ActionResult<TotpSetup>>;
  confirm: (input: { code: string }) => Promise<ActionResult<{ recoveryCodes: string[] }>>;
  renewCodes: () => Promise<ActionResult<{ recoveryCodes: string[] }>>;
  remove: () => Promise<ActionResult<unknown>>;
}

/** The user's authenticator app and recovery codes. */
export function SecondFactorPanel({
  factor,
  actions,
}: {
  factor: SecondFactor;
  actions: SecondFactorActions;
}) {
  const router = useRouter();
  const [setup, setSetup] = useState<TotpSetup | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  return (
    <div className="grid justify-items-start gap-4">
      {factor.since === null ? (
        <>
          <p className="text-muted">{text.none}</p>
          <ConfirmButton
            label={text.setUp.label}
            title={text.setUp.title}
            confirm={text.setUp.confirm}
            harmless
            action={actions.start}
            onDone={setSetup}
          >
            <p>{text.setUp.effect}</p>
          </ConfirmButton>
        </>
      ) : (
        <>
          <p>
            {text.since}
            <RelativeTime at={factor.since} />.{" "}
            {text.codesLeft(plural(factor.recoveryCodesLeft, "recovery code"))}
          </p>
          <div className="flex flex-wrap gap-2">
            <ConfirmButton
              label={text.renew.label}
              title={text.renew.title}
              confirm={text.renew.confirm}
              harmless
              action={actions.renewCodes}
              onDone={({ recoveryCodes }) => setCodes(recoveryCodes)}
            >
              <p>{text.renew.effect}</p>
            </ConfirmButton>
            <ConfirmButton
              label={text.remove.label}
              title={text.remove.title}
              confirm={text.remove.confirm}
              action={actions.remove}
            >
              <p>{text.remove.effect}</p>
            </ConfirmButton>
          </div>
        </>
      )}
      {setup === null ? null : (
        <TotpDialog
          setup={setup}
          confirm={actions.confirm}
          onClose={() => setSetup(null)}
          onDone={({ recoveryCodes }) => {
            setSetup(null);
            setCodes(recoveryCodes);
          }}
        />
      )}
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
