import type { EventKind } from "#core/events.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { FieldGroup } from "../ui/field.tsx";
import { webhooksText } from "./text.ts";

const text = webhooksText.form;

/** The kinds of events with their texts, as the server has them. */
export type KindWords = [kind: string, words: string][];

interface KindFieldsProps {
  kinds: KindWords;
  chosen: readonly EventKind[];
}

/** The events that are sent. None selected means all. */
export function KindFields({ kinds, chosen }: KindFieldsProps) {
  return (
    <FieldGroup name="kinds" legend={text.events} hint={text.eventsHint}>
      <div className="grid max-h-64 gap-1 overflow-y-auto rounded border border-border px-3 py-2 sm:grid-cols-2">
        {kinds.map(([kind, words]) => (
          <Checkbox
            key={kind}
            name="kind"
            value={kind}
            defaultChecked={chosen.some((one) => one === kind)}
            label={<span className="text-sm">{words}</span>}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

/** The selected kinds; the server validates them. */
export function kindsOf(data: FormData): EventKind[] {
  return data.getAll("kind").filter((kind) => typeof kind === "string") as EventKind[];
}
