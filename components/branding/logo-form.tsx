"use client";

import { LOGO_TYPES, MAX_LOGO_BYTES } from "#core/brand/brand.ts";
import type { SetLogoInput } from "#domain/branding/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import type { LogoBrand } from "../app-shell/logo.tsx";
import { ActionButton } from "../forms/action-button.tsx";
import { Card } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { brandingText } from "./text.ts";

const { logo: text } = brandingText;

interface LogoFormProps {
  logo: LogoBrand["logo"];
  set: (input: SetLogoInput) => Promise<ActionResult<unknown>>;
}

/** Uploads or removes the logo. */
export function LogoForm({ logo, set }: LogoFormProps) {
  return (
    <Card className="grid gap-4">
      <div className="grid gap-1">
        <h2 className="text-base font-semibold">{text.title}</h2>
        <p className="text-muted">{text.description(MAX_LOGO_BYTES)}</p>
      </div>
      {logo === null ? (
        <p className="text-sm text-muted">{text.none}</p>
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span className="flex min-w-0 items-center gap-3 text-sm text-muted">
            {/* biome-ignore lint/performance/noImgElement: Next's image optimizer is disabled. */}
            <img
              src={logo.src}
              width={logo.width}
              height={logo.height}
              alt=""
              className="h-10 w-auto max-w-40 object-contain"
            />
            {text.size(logo.width, logo.height)}
          </span>
          <ActionButton action={set.bind(null, { data: null })}>{text.remove}</ActionButton>
        </div>
      )}
      <ActionForm
        className="gap-4"
        resetWhenDone
        action={async (data) => {
          const file = data.get("data");
          return file instanceof File && file.size > MAX_LOGO_BYTES
            ? tooLarge(file.size)
            : set({ data: file instanceof File ? await base64Of(file) : "" });
        }}
      >
        <Field name="data" label={text.file}>
          <Input type="file" accept={LOGO_TYPES.join(",")} className="py-1.5" />
        </Field>
        <FormMessage />
        <SubmitButton variant="secondary" className="w-fit">
          {text.upload}
        </SubmitButton>
      </ActionForm>
    </Card>
  );
}

function tooLarge(bytes: number): ActionResult<never> {
  const message = text.tooLarge(bytes, MAX_LOGO_BYTES);
  return { ok: false, code: "invalid", message, errors: [{ path: "data", message }] };
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
