"use client";

import type { ApiAccess } from "#db/tables/catalogue.ts";
import type { ActionResult } from "#domain/result.ts";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Select } from "../ui/input.tsx";

interface EnableFormProps {
  slug: string;
  access: ApiAccess;
  /** Projects that could enable it. */
  projects: { id: string; name: string }[];
  enable: (input: { projectId: string; slug: string }) => Promise<ActionResult<unknown>>;
}

/** Enables the API for a project, or asks for it. */
export function EnableForm({ slug, access, projects, enable }: EnableFormProps) {
  return (
    <ActionForm action={(data) => enable({ projectId: textOf(data, "projectId"), slug })} className="gap-3">
      <Field name="projectId" label="Project">
        <Select name="projectId" defaultValue={projects[0]?.id} className="w-full">
          {projects.map((project) => (
            <option key={project.id} value={project.id}>
              {project.name}
            </option>
          ))}
        </Select>
      </Field>
      <FormMessage />
      <SubmitButton>{access === "open" ? "Enable" : "Ask for access"}</SubmitButton>
    </ActionForm>
  );
}
