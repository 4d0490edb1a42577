"use client";

import { KeyRulesForm } from "#components/forms/key-rules-form.tsx";
import { SecretAgeForm } from "#components/forms/secret-age-form.tsx";
import type { SecretAgePolicy } from "#db/tables/projects.ts";
import type { KeyRules } from "#domain/access/policies/schema.ts";
import { dryRunKeyRules, dryRunSecretAge, setPolicies } from "../actions.ts";

/** The site's key rules. */
export function SiteKeyRules({ rules }: { rules: KeyRules }) {
  return (
    <KeyRulesForm
      rules={rules}
      path="keyRules"
      set={(keyRules) => setPolicies({ keyRules })}
      preview={(draft) => dryRunKeyRules({ rules: draft })}
    />
  );
}

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
