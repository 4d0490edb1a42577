"use client";

import { type ReactNode, useId } from "react";
import { FilterInput, FilterSelect } from "../ui/filter.tsx";

interface ControlProps {
  label: string;
  hideLabel?: boolean;
  value: string;
  onText: (text: string) => void;
}

/** A control of the test request with its label. */
function Labeled({
  label,
  hideLabel,
  control,
}: Pick<ControlProps, "label" | "hideLabel"> & { control: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-sm font-medium"}>
        {label}
      </label>
      {control(id)}
    </div>
  );
}

/** A text field of the test request. */
export function Text({ value, placeholder, onText, ...label }: ControlProps & { placeholder: string }) {
  return (
    <Labeled
      {...label}
      control={(id) => (
        <FilterInput
          id={id}
          value={value}
          placeholder={placeholder}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={2_000}
          onChange={(event) => onText(event.currentTarget.value)}
          // In the form of a new key, Enter would submit the form.
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          className="font-mono"
        />
      )}
    />
  );
}

/** A choice from the API's operations. */
export function Select({ value, onText, children, ...label }: ControlProps & { children: ReactNode }) {
  return (
    <Labeled
      {...label}
      control={(id) => (
        <FilterSelect id={id} value={value} onChange={(event) => onText(event.currentTarget.value)}>
          {children}
        </FilterSelect>
      )}
    />
  );
}
