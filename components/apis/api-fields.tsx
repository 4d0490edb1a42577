"use client";

import type { ApiAccess, ApiPathMatching } from "#db/tables/catalogue.ts";
import { Checkbox, Radio } from "../ui/checkbox.tsx";
import { Field, FieldGroup } from "../ui/field.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { slugFor } from "./drafts.ts";

/** What is typed about an API, apart from its operations. */
export interface ApiText {
  name: string;
  /** Null until somebody typed one: it follows the name. */
  slug: string | null;
  description: string;
  baseUrl: string;
}

interface ApiFieldsProps {
  text: ApiText;
  onChange: (text: ApiText) => void;
  /** The API is in the catalogue already: its slug stays. */
  existing: boolean;
  access: ApiAccess;
  allowKeyInUrl: boolean;
  pathMatching: ApiPathMatching;
}

export function ApiFields({ text, onChange, existing, access, allowKeyInUrl, pathMatching }: ApiFieldsProps) {
  const set = (part: Partial<ApiText>) => onChange({ ...text, ...part });
  return (
    <div className="grid max-w-2xl gap-5">
      <Field name="name" label="Name">
        <Input value={text.name} onValueChange={(name) => set({ name })} maxLength={100} autoComplete="off" />
      </Field>
      {existing ? null : (
        <Field
          name="slug"
          label="Short name"
          hint="Services name the API by it when they ask, so it never changes afterwards."
        >
          <Input
            mono
            value={text.slug ?? slugFor(text.name)}
            onValueChange={(slug) => set({ slug })}
            placeholder="live-streaming"
            spellCheck={false}
            autoCapitalize="none"
            autoComplete="off"
          />
        </Field>
      )}
      <Field name="description" label="What it is for" optional>
        <Textarea
          name="description"
          rows={4}
          value={text.description}
          onChange={(event) => set({ description: event.currentTarget.value })}
        />
      </Field>
      <Field
        name="baseUrl"
        label="Address"
        optional
        hint="Where the API answers. Its page shows a call that works as pasted."
      >
        <Input
          mono
          inputMode="url"
          value={text.baseUrl}
          onValueChange={(baseUrl) => set({ baseUrl })}
          placeholder="https://badges.example.com"
          spellCheck={false}
          autoComplete="off"
        />
      </Field>
      <FieldGroup name="access" legend="Who may enable it">
        <Radio
          name="access"
          value="open"
          defaultChecked={access === "open"}
          label="Every project"
          hint="Its developers enable it themselves."
        />
        <Radio
          name="access"
          value="approval"
          defaultChecked={access === "approval"}
          label="Projects that an administrator approved"
          hint="They ask, and wait on the page of approvals."
        />
      </FieldGroup>
      <FieldGroup name="pathMatching" legend="Paths">
        <Radio
          name="pathMatching"
          value="safe"
          defaultChecked={pathMatching === "safe"}
          label="Ambiguous paths match no operation"
          hint="Other case, ; parameters, trailing dots and suffixes such as .json could reach another operation."
        />
        <Radio
          name="pathMatching"
          value="exact"
          defaultChecked={pathMatching === "exact"}
          label="The API's router compares paths exactly"
          hint="Choose this only if /badges/MINE and /badges/mine.json never reach /badges/mine."
        />
      </FieldGroup>
      <Checkbox
        name="allowKeyInUrl"
        defaultChecked={allowKeyInUrl}
        label="Gateways may read the key from the URL"
        hint="URLs end up in logs and histories. Leave it off unless a client can't send headers."
      />
    </div>
  );
}
