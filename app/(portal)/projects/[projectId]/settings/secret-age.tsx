"use client";

import { SecretAgeForm } from "#components/forms/secret-age-form.tsx";
import type { SecretAgeRule } from "#db/tables/projects.ts";
import { dryRunSecretAge, setSecretAge } from "./actions.ts";

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
