"use client";

import { X } from "lucide-react";
import type { ApiAudience } from "#domain/catalog/apis/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { Card, Section } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { audienceText as text } from "./admin-text.ts";

interface AudienceProps {
  projects: ApiAudience["items"];
  /** Whether the API has the visibility `projects`. */
  inForce: boolean;
  save: (projectIds: string[]) => Promise<ActionResult<unknown>>;
}

/** The projects whose members see an API with the visibility `projects`. */
export function Audience({ projects, inForce, save }: AudienceProps) {
  const ids = projects.map(({ id }) => id);
  return (
    <Section title={text.title} description={text.description}>
      <Card className="grid max-w-2xl gap-4">
        <p className="text-sm text-muted">{inForce ? text.inForce : text.notInForce}</p>
        {projects.length === 0 ? (
          <p className="text-muted">{text.none}</p>
        ) : (
          <ul className="grid gap-1">
            {projects.map(({ id, name }) => (
              <li key={id} className="flex items-center justify-between gap-3">
                <span className="min-w-0">
                  {name} <span className="font-mono text-xs text-muted">{id}</span>
                </span>
                <ActionButton
                  about={text.remove(name)}
                  size="sm"
                  action={() => save(ids.filter((other) => other !== id))}
                >
                  <X aria-hidden />
                  {text.removeLabel}
                </ActionButton>
              </li>
            ))}
          </ul>
        )}
        <ActionForm
          action={(data) => save([...ids, textOf(data, "project")])}
          resetWhenDone
          className="gap-3"
        >
          <Field name="project" label={text.project} hint={text.projectHint}>
            <Input name="project" mono autoComplete="off" spellCheck={false} />
          </Field>
          <FormMessage />
          <div>
            <SubmitButton variant="secondary">{text.add}</SubmitButton>
          </div>
        </ActionForm>
      </Card>
    </Section>
  );
}
