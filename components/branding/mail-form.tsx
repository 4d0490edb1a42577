"use client";

import { useState } from "react";
import {
  composeMail,
  DEFAULT_TEMPLATE,
  type MailKind,
  type MailTemplate,
  PLACEHOLDERS,
} from "#core/brand/mail-template.ts";
import type { SetMailTemplateInput } from "#domain/branding/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { Card } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton } from "../ui/form.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { mailsText as text } from "./mail-text.ts";

interface MailFormProps {
  kind: MailKind;
  /** Null while it is the default. */
  template: MailTemplate | null;
  company: { name: string; portal: string; support: string };
  /** The sender as the mail server gets it, or its name only. */
  from: string;
  set: (input: SetMailTemplateInput) => Promise<ActionResult<unknown>>;
}

/** The template of one kind of mail, with a preview of what is typed. */
export function MailForm({ kind, template, company, from, set }: MailFormProps) {
  const [draft, setDraft] = useState(template ?? DEFAULT_TEMPLATE);
  const [status, setStatus] = useState("");
  const about = text.list[kind];
  const edit = (part: Partial<MailTemplate>) => {
    setStatus("");
    setDraft((now) => ({ ...now, ...part }));
  };
  return (
    <div className="grid items-start gap-6 xl:grid-cols-2">
      <Card className="grid gap-4">
        <div className="grid gap-1">
          <h2 className="text-base font-semibold">{about.label}</h2>
          <p className="text-muted">{about.when}</p>
        </div>
        <ActionForm
          className="gap-4"
          action={() => set({ kind, template: draft })}
          onDone={() => setStatus(text.saved)}
          onFailure={() => setStatus("")}
        >
          <Field name="template.subject" label={text.subject}>
            <Input
              value={draft.subject}
              onValueChange={(subject) => edit({ subject })}
              maxLength={150}
              autoComplete="off"
            />
          </Field>
          <Field name="template.intro" label={text.intro} hint={text.introHint} optional>
            <Textarea
              name="template.intro"
              value={draft.intro}
              maxLength={2_000}
              onChange={(event) => edit({ intro: event.currentTarget.value })}
            />
          </Field>
          <Field name="template.footer" label={text.footer} hint={text.footerHint} optional>
            <Textarea
              name="template.footer"
              value={draft.footer}
              maxLength={2_000}
              onChange={(event) => edit({ footer: event.currentTarget.value })}
            />
          </Field>
          <dl className="grid gap-1 text-sm text-muted">
            <dt className="font-medium text-ink">{text.placeholders}</dt>
            {PLACEHOLDERS.map((name) => (
              <dd key={name}>
                <code className="font-mono text-ink">{`{${name}}`}</code> {text.placeholderList[name]}
              </dd>
            ))}
          </dl>
          <FormMessage />
          <div className="flex flex-wrap items-center gap-3">
            <SubmitButton>{text.save}</SubmitButton>
            <p role="status" className="text-sm text-muted">
              {status}
            </p>
          </div>
        </ActionForm>
        {template === null ? null : (
          <div className="w-fit">
            <ActionButton
              action={async () => {
                const result = await set({ kind, template: null });
                if (result.ok) {
                  setDraft(DEFAULT_TEMPLATE);
                  setStatus(text.wasReset);
                }
                return result;
              }}
            >
              {text.reset}
            </ActionButton>
          </div>
        )}
      </Card>
      <MailPreview kind={kind} draft={draft} company={company} from={from} />
    </div>
  );
}

interface MailPreviewProps extends Pick<MailFormProps, "kind" | "company" | "from"> {
  draft: MailTemplate;
}

function MailPreview({ kind, draft, company, from }: MailPreviewProps) {
  const sample = text.list[kind];
  const email = "ada@example.com";
  const mail = composeMail(
    {
      text: sample.text,
      values: {
        company: company.name,
        portal: company.portal,
        support: company.support,
        email,
        subject: sample.subject,
      },
    },
    draft,
  );
  return (
    <section aria-label={text.preview} className="grid min-w-0 gap-2">
      <h2 className="text-base font-semibold">{text.preview}</h2>
      <Card className="grid gap-3">
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 border-b border-border pb-3 text-sm">
          <dt className="text-muted">{text.from}</dt>
          <dd>{from}</dd>
          <dt className="text-muted">{text.to}</dt>
          <dd>{email}</dd>
          <dt className="text-muted">{text.subject}</dt>
          <dd className="font-medium">{mail.subject}</dd>
        </dl>
        <p className="whitespace-pre-wrap">{mail.text.trimEnd()}</p>
      </Card>
      <p className="text-sm text-muted">{text.fixed}</p>
    </section>
  );
}
