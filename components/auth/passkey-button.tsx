"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import type { PasskeyRequest } from "#domain/access/accounts/factors/passkey-check.ts";
import type { PasskeyAnswer } from "#domain/access/accounts/factors/passkey-schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { type Answered, usePasskeySupport, withPasskey } from "../account/passkey-browser.ts";
import { Button, type ButtonVariant } from "../ui/button.tsx";
import { AuthError } from "./page-parts.tsx";
import { openPage } from "./password-sign-in.ts";

interface PasskeyButtonProps {
  label: string;
  variant?: ButtonVariant;
  start: () => Promise<ActionResult<PasskeyRequest>>;
  finish: (answered: Answered<PasskeyAnswer>) => Promise<ActionResult<unknown>>;
  /** A path of this portal. */
  next: string;
}

/** Signs in with a passkey, alone or as the second step. Nothing without support by the browser. */
export function PasskeyButton({ label, variant, start, finish, next }: PasskeyButtonProps) {
  const supported = usePasskeySupport();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  if (!supported) return null;
  const press = async () => {
    setPending(true);
    setError(null);
    const result = await withPasskey(start, finish);
    if (result.ok) return openPage(next);
    setError(result.message);
    setPending(false);
  };
  return (
    <div className="grid gap-3">
      {error === null ? null : <AuthError>{error}</AuthError>}
      <Button variant={variant} pending={pending} onClick={press}>
        <KeyRound aria-hidden />
        {label}
      </Button>
    </div>
  );
}
