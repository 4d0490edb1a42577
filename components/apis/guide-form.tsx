"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Guide } from "#domain/catalog/reference/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { guidesText as text } from "./admin-text.ts";
import { slugFor } from "./drafts.ts";

interface GuideFormProps {
  slug: string;
  /** The guide to edit; undefined for a new one. */
  guide?: Guide;
  save: (input: { slug: string; guide: string; title: string; body: string }) => Promise<ActionResult<Guide>>;
}

/** Creates or edits a guide. */
export function GuideForm({ slug, guide, save }: GuideFormProps) {
  const router = useRouter();
  const [title, setTitle] = useState(guide?.title ?? "");
  const [name, setName] = useState<string | null>(guide?.slug ?? null);
  return (
    <ActionForm
      action={(data) =>
        save({ slug, guide: name ?? slugFor(title), title, body: String(data.get("body") ?? "") })
      }
      onDone={(saved) => router.push(`/apis/${slug}/guides/${saved.slug}`)}
    >
      <Field name="title" label={text.name}>
        <Input value={title} onValueChange={setTitle} maxLength={100} autoComplete="off" />
      </Field>
      {guide ? null : (
        <Field name="guide" label={text.slug}>
          <Input
            mono
            value={name ?? slugFor(title)}
            onValueChange={setName}
            placeholder="getting-started"
            spellCheck={false}
            autoComplete="off"
          />
        </Field>
      )}
      <Field name="body" label={text.body} hint={text.bodyHint}>
        <Textarea name="body" mono rows={18} defaultValue={guide?.body ?? ""} />
      </Field>
      <FormMessage />
      <FormActions>
        <ButtonLink href={`/admin/apis/${slug}/guides`}>{uiText.cancel}</ButtonLink>
        <SubmitButton>{text.save}</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

interface ChangelogFormProps {
  slug: string;
  body: string;
  save: (input: { slug: string; body: string }) => Promise<ActionResult<unknown>>;
}

/** Edits the changelog of an API. */
export function ChangelogForm({ slug, body, save }: ChangelogFormProps) {
  const [saved, setSaved] = useState(false);
  return (
    <ActionForm
      action={(data) => save({ slug, body: textOf(data, "body") })}
      onDone={() => setSaved(true)}
      className="gap-3"
    >
      <Field name="body" label={text.changelog} hideLabel hint={text.changelogHint}>
        <Textarea name="body" mono rows={12} defaultValue={body} onChange={() => setSaved(false)} />
      </Field>
      <FormMessage />
      <div className="flex items-center gap-3">
        <SubmitButton>{text.saveChangelog}</SubmitButton>
        <p role="status" className="text-sm text-muted">
          {saved ? text.saved : ""}
        </p>
      </div>
    </ActionForm>
  );
}
