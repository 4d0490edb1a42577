"use client";

import type { ApiAccess } from "#db/tables/catalog.ts";
import type { ActionResult } from "#domain/errors.ts";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Select } from "../ui/input.tsx";
import { apisText } from "./text.ts";

interface EnableFormProps {
  slug: string;
  access: ApiAccess;
  /** The projects that can enable the API. */
  projects: { id: string; name: string }[];
  enable: (input: { projectId: string; slug: string }) => Promise<ActionResult<unknown>>;
}

/** Enables the API for a project, or requests access. */
export function EnableForm({ slug, access, projects, enable }: EnableFormProps) {
  return (
    <ActionForm action={(data) => enable({ projectId: textOf(data, "projectId"), slug })} className="gap-3">
      <Field name="projectId" label={apisText.projects.project}>
        <Select name="projectId" defaultValue={projects[0]?.id} className="w-full">
          {projects.map((project) => (
            <option key={project.id} value={project.id}>
              {project.name}
            </option>
          ))}
        </Select>
      </Field>
      <FormMessage />
      <SubmitButton>{access === "open" ? apisText.projects.enable : apisText.projects.request}</SubmitButton>
    </ActionForm>
  );
}
