"use client";

import { useState } from "react";
import {
  type ManagementScope,
  PROJECT_TOKEN_ROLES,
  PROJECT_TOKEN_SCOPES,
  type ProjectTokenRole,
} from "#core/scopes.ts";
import type { ProjectTokenWithToken } from "#domain/access/management-tokens/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { checkedScopes, ScopeChoice } from "../account/scope-fields.tsx";
import { type NewTokenFields, NewTokenForm } from "../account/token-form.tsx";
import { Field } from "../ui/field.tsx";
import { textOf } from "../ui/form.tsx";
import { Select } from "../ui/input.tsx";
import { projectTokensText } from "./text.ts";

/** In this module, so that they load together: a new token must not wait for code that may fail to load. */
export { SecretOnce } from "../secret/secret-once.tsx";

const { form: text } = projectTokensText;

export type CreateProjectToken = (
  input: NewTokenFields & { projectId: string; role: ProjectTokenRole; scopes?: ManagementScope[] },
  key: string,
) => Promise<ActionResult<ProjectTokenWithToken>>;

interface ProjectTokenFormProps {
  projectId: string;
  /** The policy's maximum lifetime in days, or null. */
  maxDays: number | null;
  create: CreateProjectToken;
  onCreated: (created: ProjectTokenWithToken) => void;
  onClose: () => void;
}

/** Creates a management token of the project. */
export function ProjectTokenForm({ projectId, create, ...rest }: ProjectTokenFormProps) {
  const [role, setRole] = useState<ProjectTokenRole>("developer");
  return (
    <NewTokenForm
      {...rest}
      form={{ name: "project-token", subject: projectId }}
      title={text.title}
      description={text.description}
      permissions={<Permissions role={role} onRole={setRole} />}
      create={(fields, data, key) =>
        create(
          {
            ...fields,
            projectId,
            role,
            ...(textOf(data, "access") === "chosen" && { scopes: checkedScopes(data) }),
          },
          key,
        )
      }
    />
  );
}

interface PermissionsProps {
  role: ProjectTokenRole;
  onRole: (role: ProjectTokenRole) => void;
}

function Permissions({ role, onRole }: PermissionsProps) {
  const [access, setAccess] = useState("full");
  return (
    <>
      <Field name="role" label={text.role} hint={text.roles[role].may}>
        <Select
          value={role}
          onChange={(event) => onRole(event.currentTarget.value as ProjectTokenRole)}
          className="w-full"
        >
          {PROJECT_TOKEN_ROLES.map((value) => (
            <option key={value} value={value}>
              {text.roles[value].name}
            </option>
          ))}
        </Select>
      </Field>
      <Field name="access" label={text.access}>
        <Select value={access} onChange={(event) => setAccess(event.currentTarget.value)} className="w-full">
          {Object.entries(text.options).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      {access === "chosen" ? (
        <ScopeChoice key={role} scopes={PROJECT_TOKEN_SCOPES[role]} hint={text.chosenHint} />
      ) : null}
    </>
  );
}
