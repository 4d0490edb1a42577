"use client";

import { AddPasskey } from "../account/add-passkey.tsx";
import type { AddPasskeyActions } from "../account/passkey-dialog.tsx";
import { SetUpTotp, type SetUpTotpActions } from "../account/set-up-totp.tsx";
import { openPage } from "./password-sign-in.ts";
import { authText } from "./text.ts";

const { setUpFactor: text } = authText;

interface SetUpFactorProps {
  /** A path of this portal, opened when the factor and its recovery codes exist. */
  next: string;
  /** Null where browsers offer no passkeys. */
  passkey: AddPasskeyActions | null;
  totp: SetUpTotpActions;
}

/** The ways to set up a second factor that a policy requires. */
export function SetUpFactor({ next, passkey, totp }: SetUpFactorProps) {
  const proceed = () => openPage(next);
  return (
    <div className="grid gap-5">
      {passkey === null ? null : (
        <div className="grid gap-2">
          <p className="text-sm text-muted">{text.passkey}</p>
          <AddPasskey variant="primary" actions={passkey} onDone={proceed} />
        </div>
      )}
      <div className="grid gap-2">
        <p className="text-sm text-muted">{passkey === null ? text.onlyApp : text.app}</p>
        <SetUpTotp actions={totp} onDone={proceed} />
      </div>
    </div>
  );
}
