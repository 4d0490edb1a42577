"use client";

import { Ban, Power, Tag, X } from "lucide-react";
import { useState } from "react";
import type { KeysChanged } from "#domain/keys/schema.ts";
import { PropagationStatus } from "../rotation/propagation-status.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm.tsx";
import { entriesIn } from "../ui/entries.ts";
import { Field } from "../ui/field.tsx";
import { textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { toast } from "../ui/toast.ts";
import type { SelectableKey, SelectionActions } from "./actions.ts";
import { selectionText } from "./selection-text.ts";
import { keySettingsText } from "./settings-text.ts";
import { keysText } from "./text.ts";

const text = keysText.selection;
/** Further names would hide the question. */
const MAX_NAMES = 8;

type Kind = "revoke" | "disable" | "tag";

interface SelectionBarProps {
  projectId: string;
  keys: SelectableKey[];
  actions: SelectionActions;
  onClear: () => void;
}

/** What can be done with the selected keys. Each action asks first, and changes all of them or none. */
export function SelectionBar({ projectId, keys, actions, onClear }: SelectionBarProps) {
  const [asking, setAsking] = useState<Kind | null>(null);
  const selected = { projectId, keyIds: keys.map(({ id }) => id) };
  const send = (kind: Kind, data: FormData) => {
    switch (kind) {
      case "revoke":
        return actions.revoke({ ...selected, action: kind });
      case "disable":
        return actions.change({ ...selected, action: kind });
      case "tag":
        return actions.change({
          ...selected,
          action: kind,
          addTags: entriesIn(textOf(data, "addTags")),
          removeTags: entriesIn(textOf(data, "removeTags")),
        });
    }
  };
  const onDone = (kind: Kind, { changed }: KeysChanged) => {
    const status = kind === "tag" ? null : <PropagationStatus projectId={projectId} what={text.subject} />;
    toast(text[kind].done(changed), status);
    onClear();
  };
  return (
    <section
      aria-label={selectionText.bar}
      className="sticky top-0 z-[5] flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded border border-border bg-raised px-4 py-2 max-lg:top-14"
    >
      <p role="status" className="font-medium">
        {selectionText.count(keys.length)}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" variant="ghost" onClick={onClear}>
          <X aria-hidden />
          {selectionText.clear}
        </Button>
        <Button size="sm" aria-haspopup="dialog" onClick={() => setAsking("tag")}>
          <Tag aria-hidden />
          {selectionText.tag}
        </Button>
        <Button size="sm" aria-haspopup="dialog" onClick={() => setAsking("disable")}>
          <Power aria-hidden />
          {selectionText.disable}
        </Button>
        <Button size="sm" variant="danger" aria-haspopup="dialog" onClick={() => setAsking("revoke")}>
          <Ban aria-hidden />
          {selectionText.revoke}
        </Button>
      </div>
      {asking ? (
        <ConfirmDialog
          open
          title={text[asking].title(keys.length)}
          confirm={text[asking].confirm(keys.length)}
          harmless={asking === "tag"}
          action={(data) => send(asking, data)}
          onClose={() => setAsking(null)}
          onDone={(result) => onDone(asking, result)}
          fields={asking === "tag" ? <TagFields /> : null}
        >
          <p>{text[asking].body}</p>
          <p className="font-medium text-ink">{namesOf(keys)}</p>
        </ConfirmDialog>
      ) : null}
    </section>
  );
}

function TagFields() {
  return (
    <>
      <Field name="addTags" label={text.tag.add} hint={keySettingsText.details.tagsHint}>
        <Input autoComplete="off" spellCheck={false} />
      </Field>
      <Field name="removeTags" label={text.tag.remove}>
        <Input autoComplete="off" spellCheck={false} />
      </Field>
    </>
  );
}

function namesOf(keys: SelectableKey[]): string {
  const names = keys.slice(0, MAX_NAMES).map(({ name }) => name);
  const more = keys.length - names.length;
  return more > 0 ? text.andMore(names.join(", "), more) : names.join(", ");
}
