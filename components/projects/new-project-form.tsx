"use client";

import { useRouter } from "next/navigation";
import type { ActionResult } from "#domain/errors.ts";
import type { Project } from "#domain/projects/schema.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { projectsText } from "./text.ts";

const text = projectsText.create;

export type CreateProject = (input: { name: string }, key: string) => Promise<ActionResult<Project>>;

export function NewProjectForm({ create, onClose }: { create: CreateProject; onClose: () => void }) {
  const router = useRouter();
  return (
    <Dialog open onClose={onClose} title={text.title} description={text.description}>
      <ActionForm
        attempt={{ form: "project", subject: "" }}
        action={(data, key) => create({ name: textOf(data, "name") }, key)}
        onDone={(project) => {
          router.replace(`/projects/${project.id}`);
          router.refresh();
        }}
      >
        <Field name="name" label={text.name} hint={text.nameHint}>
          <Input placeholder={text.namePlaceholder} autoComplete="off" />
        </Field>
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>{text.cancel}</Button>
          <SubmitButton>{text.submit}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}
