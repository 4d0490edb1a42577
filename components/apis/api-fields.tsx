"use client";

import type { ApiAccess, ApiPathMatching, ApiVisibility } from "#db/tables/catalog.ts";
import { Checkbox, Radio } from "../ui/checkbox.tsx";
import { Field, FieldGroup } from "../ui/field.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { slugFor } from "./drafts.ts";
import { apiFormText as text } from "./form-text.ts";

/** The text fields of an API. */
export interface ApiValues {
  name: string;
  /** Null until the reader changes it: until then it follows the name. */
  slug: string | null;
  description: string;
  baseUrl: string;
  /** As `scopeLinesOf` writes them. */
  scopes: string;
}

interface ApiFieldsProps {
  values: ApiValues;
  onChange: (values: ApiValues) => void;
  /** An existing API keeps its slug. */
  existing: boolean;
  access: ApiAccess;
  allowKeyInUrl: boolean;
  pathMatching: ApiPathMatching;
  visibility: ApiVisibility;
  /** Names of the scopes that the OpenAPI document declares. */
  scopesOfDocument: readonly string[];
}

export function ApiFields({
  values,
  onChange,
  existing,
  access,
  allowKeyInUrl,
  pathMatching,
  visibility,
  scopesOfDocument,
}: ApiFieldsProps) {
  const set = (part: Partial<ApiValues>) => onChange({ ...values, ...part });
  return (
    <div className="grid max-w-2xl gap-5">
      <Field name="name" label={text.name}>
        <Input
          value={values.name}
          onValueChange={(name) => set({ name })}
          maxLength={100}
          autoComplete="off"
        />
      </Field>
      {existing ? null : (
        <Field name="slug" label={text.slug} hint={text.slugHint}>
          <Input
            mono
            value={values.slug ?? slugFor(values.name)}
            onValueChange={(slug) => set({ slug })}
            placeholder="live-streaming"
            spellCheck={false}
            autoCapitalize="none"
            autoComplete="off"
          />
        </Field>
      )}
      <Field name="description" label={text.description} optional>
        <Textarea
          name="description"
          rows={4}
          value={values.description}
          onChange={(event) => set({ description: event.currentTarget.value })}
        />
      </Field>
      <Field name="baseUrl" label={text.baseUrl} optional hint={text.baseUrlHint}>
        <Input
          mono
          inputMode="url"
          value={values.baseUrl}
          onValueChange={(baseUrl) => set({ baseUrl })}
          placeholder="https://badges.example.com"
          spellCheck={false}
          autoComplete="off"
        />
      </Field>
      <Field name="scopes" label={text.scopes} optional hint={text.scopesHint}>
        <Textarea
          name="scopes"
          rows={3}
          className="font-mono"
          value={values.scopes}
          placeholder="badges:read Read badges"
          onChange={(event) => set({ scopes: event.currentTarget.value })}
          spellCheck={false}
        />
      </Field>
      {scopesOfDocument.length > 0 ? (
        <p className="text-sm text-muted wrap-anywhere">
          {text.scopesOfDocument(scopesOfDocument.join(", "))}
        </p>
      ) : null}
      <FieldGroup name="access" legend={text.accessLegend}>
        <Radio
          name="access"
          value="open"
          defaultChecked={access === "open"}
          label={text.open}
          hint={text.openHint}
        />
        <Radio
          name="access"
          value="approval"
          defaultChecked={access === "approval"}
          label={text.approval}
          hint={text.approvalHint}
        />
      </FieldGroup>
      <FieldGroup name="visibility" legend={text.visibility}>
        {(["public", "members", "projects"] as const).map((value) => (
          <Radio
            key={value}
            name="visibility"
            value={value}
            defaultChecked={visibility === value}
            label={text.visibilities[value].label}
            hint={text.visibilities[value].hint}
          />
        ))}
      </FieldGroup>
      <FieldGroup name="pathMatching" legend={text.paths}>
        <Radio
          name="pathMatching"
          value="safe"
          defaultChecked={pathMatching === "safe"}
          label={text.safe}
          hint={text.safeHint}
        />
        <Radio
          name="pathMatching"
          value="exact"
          defaultChecked={pathMatching === "exact"}
          label={text.exact}
          hint={text.exactHint}
        />
      </FieldGroup>
      <Checkbox
        name="allowKeyInUrl"
        defaultChecked={allowKeyInUrl}
        label={text.keyInUrl}
        hint={text.keyInUrlHint}
      />
    </div>
  );
}
