"use client";

import { RenameForm } from "#components/forms/rename-form.tsx";
import { updateProject } from "./actions.ts";

export function RenameProject({ projectId, name }: { projectId: string; name: string }) {
  return (
    <RenameForm
      name={name}
      hint="Shown to its members and to administrators. Keys are not touched."
      rename={(next) => updateProject({ projectId, name: next })}
    />
  );
}
