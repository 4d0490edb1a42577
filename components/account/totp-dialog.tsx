"use client";

import type { TotpSetup } from "#domain/access/accounts/factors/manage.ts";
import type { ActionResult } from "#domain/errors.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { totpDialogText as text } from "./dialog-text.ts";

interface TotpDialogProps {
  setup: TotpSetup;
  confirm: (input: { code: string }) => Promise<ActionResult<{ recoveryCodes: string[] | null }>>;
  onDone: (value: { recoveryCodes: string[] | null }) => void;
  onClose: () => void;
}

/** Shows the secret of an authenticator app as a QR code and as text, and asks for the first code. */
export function TotpDialog({ setup, confirm, onDone, onClose }: TotpDialogProps) {
  const { path, size } = setup.qr;
  return (
    <Dialog open onClose={onClose} title={text.title} description={text.description}>
      <ActionForm action={(data) => confirm({ code: textOf(data, "code") })} onDone={onDone}>
        {/* Dark on white in both themes: scanners need it. White is no color of the themes, so the image has it. */}
        <svg viewBox={`0 0 ${size} ${size}`} className="w-48 max-w-full rounded" role="img">
          <title>{text.qr}</title>
          <rect width={size} height={size} fill="white" />
          <path d={path} fill="black" shapeRendering="crispEdges" />
        </svg>
        <div className="grid gap-1 text-sm">
          <p className="text-muted">{text.byHand}</p>
          <code className="wrap-anywhere" data-testid="totp-secret">
            {setup.secret.match(/.{4}/g)?.join(" ")}
          </code>
        </div>
        <Field name="code" label={text.code} hint={text.codeHint}>
          <Input inputMode="numeric" autoComplete="one-time-code" maxLength={10} required mono />
        </Field>
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>{uiText.cancel}</Button>
          <SubmitButton>{text.submit}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}
