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
  const form = useProjectForm(create);
  return (
    <Dialog open onClose={onClose} title={text.title} description={text.description}>
      <ActionForm {...form}>
        <ProjectName />
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>{text.cancel}</Button>
          <SubmitButton>{text.submit}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}

/** The form on the page itself, for users without a project: they need one before anything else. */
export function FirstProjectForm({ create, owner }: { create: CreateProject; owner: string }) {
  const form = useProjectForm(create);
  return (
    <ActionForm {...form} className="mx-auto w-full max-w-sm gap-4 text-left">
      <ProjectName suggestion={text.suggestion(owner)} />
      <FormMessage />
      <div>
        <SubmitButton>{text.submit}</SubmitButton>
      </div>
    </ActionForm>
  );
}

function useProjectForm(create: CreateProject) {
  const router = useRouter();
  return {
    attempt: { form: "project" as const, subject: "" },
    action: (data: FormData, key: string) => create({ name: textOf(data, "name") }, key),
    onDone: (project: Project) => {
      router.replace(`/projects/${project.id}`);
      router.refresh();
    },
  };
}

function ProjectName({ suggestion }: { suggestion?: string }) {
  return (
    <Field name="name" label={text.name} hint={text.nameHint}>
      <Input
        placeholder={text.namePlaceholder}
        defaultValue={suggestion}
        autoComplete="off"
        maxLength={100}
      />
    </Field>
  );
}
