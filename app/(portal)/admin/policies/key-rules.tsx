"use client";

import { KeyRulesForm } from "#components/forms/key-rules-form.tsx";
import type { KeyRules } from "#domain/access/policies/schema.ts";
import { dryRunKeyRules, setPolicies } from "../actions.ts";

/** The site's rules for keys. */
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
