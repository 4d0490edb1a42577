import { clsx } from "clsx";
import type { ReactNode } from "react";

const GROUP =
  "inline-flex w-fit min-w-0 max-w-full overflow-x-auto rounded border border-border bg-hover p-0.5";
const SEGMENT =
  "focus-inset inline-flex h-7 max-sm:h-9 items-center justify-center rounded px-2 text-sm font-medium whitespace-nowrap transition-colors";
const ON = "bg-surface text-ink ring-1 ring-edge/60 dark:bg-raised";
const OFF = "text-muted hover:text-ink";

interface Option {
  value: string;
  label: ReactNode;
}

interface ChoiceProps {
  /** Names the choice for screen readers. */
  label: string;
  options: Option[];
  value: string;
}

/** Switches state of the page between a few options. */
export function SegmentedControl({
  label,
  options,
  value,
  onChange,
}: ChoiceProps & { onChange: (value: string) => void }) {
  return (
    <fieldset aria-label={label} className={GROUP}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={clsx(SEGMENT, option.value === value ? ON : OFF)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}

/** The same in a form, in a `FieldGroup`: native radio buttons, so that arrow keys and `FormData` work. */
export function SegmentedRadios({
  name,
  options,
  defaultValue,
  onChange,
}: {
  name: string;
  options: Option[];
  defaultValue: string;
  onChange?: (value: string) => void;
}) {
  return (
    <div className={GROUP}>
      {options.map((option) => (
        <label
          key={option.value}
          className={clsx(
            SEGMENT,
            OFF,
            "has-checked:bg-surface has-checked:text-ink has-checked:ring-1 has-checked:ring-edge/60 dark:has-checked:bg-raised",
            // Inside, because the group scrolls and cuts off what is outside.
            "has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent",
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            defaultChecked={option.value === defaultValue}
            onChange={() => onChange?.(option.value)}
            className="sr-only"
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
