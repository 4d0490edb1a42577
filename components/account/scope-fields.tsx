"use client";

import { useState } from "react";
import { DEFAULT_SCOPES, MANAGEMENT_SCOPES, type ManagementScope, MEMBERS_WRITE } from "#core/scopes.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field, FieldGroup } from "../ui/field.tsx";
import { textOf } from "../ui/form.tsx";
import { Select } from "../ui/input.tsx";
import { tokenText } from "./dialog-text.ts";

const { scopes: text } = tokenText;

const PARTS = [...new Set(MANAGEMENT_SCOPES.map((scope) => scope.split(":")[0] as keyof typeof text.parts))];
const ACTIONS = ["read", "write"] as const;

/** The permissions of a user's token; `scopesOf` reads them from the form. */
export function ScopeFields() {
  const [access, setAccess] = useState("full");
  return (
    <>
      <Field name="access" label={text.label} hint={text.hint}>
        <Select value={access} onChange={(event) => setAccess(event.currentTarget.value)} className="w-full">
          {Object.entries(text.options).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      {access === "full" ? (
        <Checkbox name={MEMBERS_WRITE} label={text.members} hint={text.membersHint} />
      ) : null}
      {access === "chosen" ? <ScopeChoice scopes={MANAGEMENT_SCOPES} hint={text.chosenHint} /> : null}
    </>
  );
}

/** A checkbox for each of these scopes. */
export function ScopeChoice({ scopes, hint }: { scopes: readonly ManagementScope[]; hint?: string }) {
  const parts = PARTS.filter((part) => scopes.some((scope) => scope.startsWith(`${part}:`)));
  return (
    <FieldGroup name="scopes" legend={text.chosen} hint={hint}>
      {parts.map((part) => (
        <div key={part} className="grid grid-cols-[1fr_5rem_5rem] items-center">
          <span>{text.parts[part]}</span>
          {ACTIONS.map((action) =>
            scopes.includes(`${part}:${action}`) ? (
              <Checkbox
                key={action}
                name={`${part}:${action}`}
                label={text.actions[action]}
                aria-label={text.about(text.parts[part], text.actions[action])}
              />
            ) : (
              <span key={action} />
            ),
          )}
        </div>
      ))}
    </FieldGroup>
  );
}

/** The checked scopes of a `ScopeChoice`. */
export function checkedScopes(data: FormData): ManagementScope[] {
  return MANAGEMENT_SCOPES.filter((scope) => data.get(scope) !== null);
}

/** The chosen scopes; empty if none was chosen, which the server rejects. */
export function scopesOf(data: FormData): ManagementScope[] {
  const checked = checkedScopes(data);
  switch (textOf(data, "access")) {
    case "read":
      return MANAGEMENT_SCOPES.filter((scope) => scope.endsWith(":read"));
    case "chosen":
      return checked;
    default:
      return [...DEFAULT_SCOPES, ...checked];
  }
}
