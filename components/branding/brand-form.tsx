"use client";

import { type ReactNode, useState } from "react";
import type { BrandLinks } from "#core/brand/brand.ts";
import type { SetBrandingInput } from "#domain/branding/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import type { LogoBrand } from "../app-shell/logo.tsx";
import { Card } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { BrandPreview } from "./brand-preview.tsx";
import { brandingText } from "./text.ts";

const { identity: text } = brandingText;

const HEX = /^#[0-9a-f]{6}$/i;
const LINKS = ["docs", "support", "status", "terms"] as const;

interface BrandFormProps {
  brand: { name: string; isNamed: boolean; accent: string | null; links: BrandLinks };
  logo: LogoBrand["logo"];
  /** What the name is without one of the company. */
  productName: string;
  set: (input: SetBrandingInput) => Promise<ActionResult<unknown>>;
  /** The form of the logo, below this one. */
  children: ReactNode;
}

/** Name, accent color and links of the company, with a preview of what is typed. */
export function BrandForm({ brand, logo, productName, set, children }: BrandFormProps) {
  const [name, setName] = useState(brand.isNamed ? brand.name : "");
  const [accent, setAccent] = useState(brand.accent ?? "");
  const [saved, setSaved] = useState(false);
  const isNamed = name.trim() !== "";
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="grid gap-6">
        <Card>
          <ActionForm
            action={(data) =>
              set({
                name: textOf(data, "name") || null,
                accent: textOf(data, "accent").toLowerCase() || null,
                links: linksIn(data),
              })
            }
            onDone={() => setSaved(true)}
            onFailure={() => setSaved(false)}
          >
            <h2 className="text-base font-semibold">{text.title}</h2>
            <Field name="name" label={text.name} hint={text.nameHint} optional>
              <Input value={name} onValueChange={setName} maxLength={60} autoComplete="organization" />
            </Field>
            <Field name="accent" label={text.accent} hint={text.accentHint} optional>
              <AccentInput value={accent} onChange={setAccent} />
            </Field>
            <h3 className="text-sm font-semibold">{text.links}</h3>
            <p className="-mt-4 text-sm text-muted">{text.linksHint}</p>
            {LINKS.map((link) => (
              <Field
                key={link}
                name={`links.${link}`}
                label={text[link]}
                optional
                hint={link === "support" ? text.supportHint : undefined}
              >
                <Input
                  defaultValue={brand.links[link] ?? ""}
                  inputMode="url"
                  autoComplete="off"
                  placeholder="https://"
                />
              </Field>
            ))}
            <FormMessage />
            <div className="flex flex-wrap items-center gap-3">
              <SubmitButton>{uiText.save}</SubmitButton>
              <p role="status" className="text-sm text-muted">
                {saved ? text.saved : null}
              </p>
            </div>
          </ActionForm>
        </Card>
        {children}
      </div>
      <BrandPreview
        brand={{ name: isNamed ? name.trim() : productName, isNamed, logo }}
        accent={HEX.test(accent) ? accent : null}
      />
    </div>
  );
}

function linksIn(data: FormData): BrandLinks {
  const link = (name: keyof BrandLinks) => textOf(data, `links.${name}`) || null;
  return { docs: link("docs"), support: link("support"), status: link("status"), terms: link("terms") };
}

interface AccentInputProps {
  value: string;
  onChange: (value: string) => void;
}

/** A color as text, and the browser's color picker beside it. */
function AccentInput({ value, onChange }: AccentInputProps) {
  return (
    <span className="flex items-center gap-2">
      <Input
        value={value}
        onValueChange={onChange}
        mono
        maxLength={7}
        autoComplete="off"
        spellCheck={false}
        placeholder="#0b6b5b"
        className="max-w-32"
      />
      <input
        type="color"
        aria-label={text.pick}
        value={HEX.test(value) ? value : "#0b6b5b"}
        onChange={(event) => onChange(event.currentTarget.value)}
        className="h-9 max-sm:h-11 w-12 cursor-pointer rounded border border-edge bg-surface p-1"
      />
    </span>
  );
}
