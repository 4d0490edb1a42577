"use client";

import { type ReactNode, useId } from "react";
import { FilterInput, FilterSelect } from "../ui/filter.tsx";

interface ControlProps {
  label: string;
  hideLabel?: boolean;
  value: string;
  onText: (text: string) => void;
}

/** A text field of the test request. */
export function Text({
  label,
  hideLabel,
  value,
  placeholder,
  onText,
}: ControlProps & { placeholder: string }) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-sm font-medium"}>
        {label}
      </label>
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
    </div>
  );
}

/** A choice from the API's operations. */
export function Select({
  label,
  hideLabel,
  value,
  onText,
  children,
}: ControlProps & { children: ReactNode }) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-sm font-medium"}>
        {label}
      </label>
      <FilterSelect id={id} value={value} onChange={(event) => onText(event.currentTarget.value)}>
        {children}
      </FilterSelect>
    </div>
  );
}
