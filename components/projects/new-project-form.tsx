"use client";

import { useRouter } from "next/navigation";
import type { ActionResult } from "#domain/errors.ts";
import type { Project } from "#domain/projects/types.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { TEXT as TEXTS } from "./text.ts";

const TEXT = TEXTS.create;

export type CreateProject = (input: { name: string }, key: string) => Promise<ActionResult<Project>>;

export function NewProjectForm({ create, onClose }: { create: CreateProject; onClose: () => void }) {
  const router = useRouter();
  return (
    <Dialog open onClose={onClose} title={TEXT.title} description={TEXT.description}>
      <ActionForm
        attempt={{ form: "project", subject: "" }}
        action={(data, key) => create({ name: textOf(data, "name") }, key)}
        onDone={(project) => {
          router.replace(`/projects/${project.id}`);
          router.refresh();
        }}
      >
        <Field name="name" label={TEXT.name} hint={TEXT.nameHint}>
          <Input placeholder={TEXT.namePlaceholder} autoComplete="off" />
        </Field>
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>{TEXT.cancel}</Button>
          <SubmitButton>{TEXT.submit}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}
