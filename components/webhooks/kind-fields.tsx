import { useState } from "react";
import type { EventKind } from "#core/events.ts";
import type { ActionFailure } from "#domain/errors.ts";
import { Checkbox, Radio } from "../ui/checkbox.tsx";
import { FieldGroup } from "../ui/field.tsx";
import { webhooksText } from "./text.ts";

const text = webhooksText.form;

/** The kinds of events with their texts, as the server has them. */
export type KindLabels = [kind: string, label: string][];

/** Kinds of events that a webhook can receive; tests are sent on request only. */
export type ChosenKinds = Exclude<EventKind, "webhook.test">[];

interface KindFieldsProps {
  kinds: KindLabels;
  chosen: readonly EventKind[];
}

/** The events that are sent: all of them, or a selection. */
export function KindFields({ kinds, chosen }: KindFieldsProps) {
  const [scope, setScope] = useState<"all" | "selected">(chosen.length === 0 ? "all" : "selected");
  return (
    <FieldGroup name="kinds" legend={text.events}>
      <Radio
        name="scope"
        value="all"
        checked={scope === "all"}
        onChange={() => setScope("all")}
        label={text.allEvents}
      />
      <Radio
        name="scope"
        value="selected"
        checked={scope === "selected"}
        onChange={() => setScope("selected")}
        label={text.selectedEvents}
      />
      {/* Hidden rather than removed, so that the selection survives a look at the other choice. */}
      <div hidden={scope === "all"}>
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
      </div>
    </FieldGroup>
  );
}

/** The kinds to send, empty for all; null if none is selected. The server validates them. */
export function kindsOf(data: FormData): ChosenKinds | null {
  if (data.get("scope") !== "selected") return [];
  const kinds = data.getAll("kind").filter((kind) => typeof kind === "string") as ChosenKinds;
  return kinds.length === 0 ? null : kinds;
}

/** The error for a selection of no events: the server would take it for all of them. */
export function noKindSelected(): ActionFailure {
  const message = text.noneSelected;
  return { ok: false, code: "invalid", message, errors: [{ path: "kinds", message }] };
}
