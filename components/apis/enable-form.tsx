"use client";

import type { ApiAccess } from "#db/tables/catalog.ts";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Select } from "../ui/input.tsx";
import { type EnableAction, noReason, offerKey, ReasonField } from "./enable-button.tsx";
import { enableText } from "./enable-text.ts";
import { apisText } from "./text.ts";

interface EnableFormProps {
  api: { slug: string; name: string; access: ApiAccess };
  /** The projects that can enable the API. */
  projects: { id: string; name: string }[];
  enable: EnableAction;
}

/** Enables the API for a project, or requests access. */
export function EnableForm({ api: { slug, name, access }, projects, enable }: EnableFormProps) {
  return (
    <ActionForm
      action={async (data) => {
        const projectId = textOf(data, "projectId");
        const reason = textOf(data, "reason").trim();
        if (access === "approval" && reason === "") return noReason();
        const result = await enable({ projectId, slug, ...(reason !== "" && { reason }) });
        return result.ok ? { ok: true, value: { ...result.value, projectId } } : result;
      }}
      onDone={({ status, projectId }) => {
        if (status === "enabled") offerKey(projectId, name);
      }}
      className="gap-3"
    >
      <Field name="projectId" label={apisText.projects.project}>
        <Select name="projectId" defaultValue={projects[0]?.id} className="w-full">
          {projects.map((project) => (
            <option key={project.id} value={project.id}>
              {project.name}
            </option>
          ))}
        </Select>
      </Field>
      {access === "approval" ? <ReasonField /> : null}
      <FormMessage />
      <SubmitButton>{access === "open" ? enableText.enable : enableText.request}</SubmitButton>
    </ActionForm>
  );
}
