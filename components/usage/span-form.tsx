import { type FormEvent, useState } from "react";
import { localInput, readLocalInput } from "../charts/local-input.ts";
import { Button } from "../ui/button.tsx";
import { FilterInput } from "../ui/filter.tsx";
import { useTimeZone } from "../ui/time.tsx";
import { usageText } from "./text.ts";
import { isUsableSpan, spanParams, usageInputOf } from "./usage-state.ts";
import type { UsageViewState } from "./use-usage.ts";

type SpanFormProps = Pick<UsageViewState, "view" | "inUtc" | "change">;

/** Chooses any time range, in UTC or in the reader's zone. */
export function SpanForm({ view, inUtc, change }: SpanFormProps) {
  // The named range at the time when the form is opened.
  const [named] = useState(() => usageInputOf(view, Date.now()));
  const shown = view.span ?? named;
  const own = useTimeZone();
  const zone = inUtc ? "UTC" : own;
  const [isWrong, setIsWrong] = useState(false);
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const instantOf = (name: string) => readLocalInput(String(fields.get(name)), inUtc);
    const chosen = { from: instantOf("from"), to: instantOf("to") };
    const isUsable = isUsableSpan(chosen);
    setIsWrong(!isUsable);
    if (isUsable) change(spanParams(chosen), "push");
  };
  const input = (name: "from" | "to", at: number) => (
    <span className="inline-flex items-center gap-2 text-sm">
      <label htmlFor={`usage-${name}`} className="text-muted">
        {usageText[name]}
      </label>
      <FilterInput
        // The fields show another range or zone as soon as it is chosen elsewhere.
        key={`${at} ${zone}`}
        id={`usage-${name}`}
        type="datetime-local"
        name={name}
        required
        defaultValue={localInput(at, zone)}
        aria-invalid={isWrong || undefined}
        className="w-auto"
      />
    </span>
  );
  return (
    <form onSubmit={apply} className="flex flex-wrap items-center gap-x-4 gap-y-2">
      {input("from", shown.from)}
      {input("to", shown.to)}
      <Button size="sm" type="submit">
        {usageText.apply}
      </Button>
      {isWrong ? (
        <p role="alert" className="text-sm text-bad">
          {usageText.reversed}
        </p>
      ) : null}
    </form>
  );
}
