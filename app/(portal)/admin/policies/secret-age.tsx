"use client";

import { SecretAgeForm } from "#components/forms/secret-age-form.tsx";
import type { SecretAgePolicy } from "#db/tables/projects.ts";
import { dryRunSecretAge, setPolicies } from "../actions.ts";

/** The site's policy for the age of secrets. */
export function SiteSecretAge({ rule }: { rule: SecretAgePolicy | null }) {
  return (
    <SecretAgeForm
      rule={rule}
      set={(wanted) => setPolicies({ secretAge: wanted })}
      preview={(wanted) => dryRunSecretAge({ rule: wanted })}
    />
  );
}
