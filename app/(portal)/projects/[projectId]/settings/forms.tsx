"use client";

import { KeyRulesForm } from "#components/forms/key-rules-form.tsx";
import { RenameForm } from "#components/forms/rename-form.tsx";
import { SecretAgeForm } from "#components/forms/secret-age-form.tsx";
import type { KeyRules, SecretAgePolicy } from "#db/tables/projects.ts";
import { dryRunKeyRules, dryRunSecretAge, setKeyRules, setSecretAge, updateProject } from "../../actions.ts";

interface RenameProjectProps {
  projectId: string;
  name: string;
  hint: string;
}

export function RenameProject({ projectId, name, hint }: RenameProjectProps) {
  return <RenameForm name={name} hint={hint} rename={(next) => updateProject({ projectId, name: next })} />;
}

/** The project's own rules for its keys. */
export function ProjectKeyRules({ projectId, rules }: { projectId: string; rules: KeyRules | null }) {
  return (
    <KeyRulesForm
      rules={rules}
      path="rules"
      set={(wanted) => setKeyRules({ projectId, rules: wanted })}
      preview={(draft) => dryRunKeyRules({ projectId, rules: draft })}
    />
  );
}

/** The project's own policy for the age of its secrets. */
export function ProjectSecretAge({ projectId, rule }: { projectId: string; rule: SecretAgePolicy | null }) {
  return (
    <SecretAgeForm
      rule={rule}
      set={(wanted) => setSecretAge({ projectId, rule: wanted })}
      preview={(wanted) => dryRunSecretAge({ projectId, rule: wanted })}
    />
  );
}
