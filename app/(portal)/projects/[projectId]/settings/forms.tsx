"use client";

import { RenameForm } from "#components/forms/rename-form.tsx";
import { SecretAgeForm } from "#components/forms/secret-age-form.tsx";
import type { SecretAgeRule } from "#db/tables/projects.ts";
import { dryRunSecretAge, setSecretAge, updateProject } from "../../actions.ts";

export function RenameProject({ projectId, name }: { projectId: string; name: string }) {
  return (
    <RenameForm
      name={name}
      hint="Shown to its members and to administrators. Keys are not touched."
      rename={(next) => updateProject({ projectId, name: next })}
    />
  );
}

/** The project's own rule for the age of its secrets. */
export function ProjectSecretAge({ projectId, rule }: { projectId: string; rule: SecretAgeRule | null }) {
  return (
    <SecretAgeForm
      rule={rule}
      set={(wanted) => setSecretAge({ projectId, rule: wanted })}
      preview={(wanted) => dryRunSecretAge({ projectId, rule: wanted })}
    />
  );
}
