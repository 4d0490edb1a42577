import type { Key } from "#domain/keys/schema.ts";
import { entriesIn } from "../ui/entries.ts";
import { Field } from "../ui/field.tsx";
import { textOf } from "../ui/form.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { keySettingsText } from "./settings-text.ts";

const text = keySettingsText.details;

type Details = Pick<Key, "externalId" | "tags" | "description">;

/** The fields that say whose a key is and what it is for. */
export function DetailFields({ current }: { current?: Details }) {
  return (
    <div className="grid gap-5">
      <div className="grid gap-5 sm:grid-cols-2">
        <Field name="externalId" label={text.externalId} hint={text.externalIdHint} optional>
          <Input defaultValue={current?.externalId ?? ""} autoComplete="off" spellCheck={false} />
        </Field>
        <Field name="tags" label={text.tags} hint={text.tagsHint} optional>
          <Input
            data-entries
            defaultValue={current?.tags.join(", ") ?? ""}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
      </div>
      <Field name="description" label={text.description} optional>
        <Textarea defaultValue={current?.description ?? ""} rows={2} />
      </Field>
    </div>
  );
}

/** The fields' values as the HTTP API takes them. */
export function detailsOf(data: FormData): Details {
  return {
    externalId: textOf(data, "externalId").trim() || null,
    tags: entriesIn(textOf(data, "tags")),
    description: textOf(data, "description"),
  };
}
