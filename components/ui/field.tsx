"use client";

import { clsx } from "clsx";
import { type ReactNode, useContext, useId } from "react";
import { ControlContext, FieldErrors } from "./field-state.ts";
import { uiText } from "./text.ts";

interface FieldProps {
  /** The path of the value in the input. Errors at or below this path are shown here. */
  name: string;
  label: ReactNode;
  /** Explains the field; stays visible beside an error. */
  hint?: ReactNode;
  /** Shows "optional" beside the label. */
  optional?: boolean;
  /** Keeps the label for screen readers only; `from-sm` on wide screens, where the label heads a column. */
  hideLabel?: boolean | "from-sm";
  className?: string;
  /** Exactly one `Input`, `Select` or `Textarea`, which gets the field's name. */
  children: ReactNode;
}

/** Label, control, hint and error of one value, connected for assistive technology. */
export function Field({ name, label, hint, optional, hideLabel, className, children }: FieldProps) {
  const id = useId();
  const errors = useErrors(name);
  const control = {
    name,
    id,
    "aria-describedby": describedBy(id, hint, errors),
    "aria-invalid": errors.length > 0 || undefined,
  };
  return (
    <div
      data-field={name}
      data-invalid={errors.length > 0 || undefined}
      className={clsx("grid content-start gap-1.5", className)}
    >
      <label
        htmlFor={id}
        className={
          hideLabel === true
            ? "sr-only"
            : clsx("text-sm font-medium", hideLabel === "from-sm" && "sm:sr-only")
        }
      >
        {label}
        {optional ? <span className="font-normal text-muted"> {uiText.optional}</span> : null}
      </label>
      <ControlContext value={control}>{children}</ControlContext>
      {hint ? (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      ) : null}
      <Errors id={`${id}-error`} errors={errors} />
    </div>
  );
}

interface GroupProps {
  /** As for `Field`; errors at or below this path are shown under the group. */
  name: string;
  legend: ReactNode;
  hint?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** Several checkboxes or radio buttons under one legend. */
export function FieldGroup({ name, legend, hint, className, children }: GroupProps) {
  const id = useId();
  const errors = useErrors(name);
  return (
    <fieldset
      data-field={name}
      data-invalid={errors.length > 0 || undefined}
      aria-describedby={describedBy(id, hint, errors)}
      className={clsx("grid min-w-0 gap-1.5", className)}
    >
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      {hint ? (
        <p id={`${id}-hint`} className="-mt-1.5 text-sm text-muted">
          {hint}
        </p>
      ) : null}
      {children}
      <Errors id={`${id}-error`} errors={errors} />
    </fieldset>
  );
}

/** The ids of the hint and the errors that are shown. */
function describedBy(id: string, hint: ReactNode, errors: string[]): string | undefined {
  const ids = [hint ? `${id}-hint` : null, errors.length > 0 ? `${id}-error` : null];
  return ids.filter(Boolean).join(" ") || undefined;
}

function useErrors(name: string): string[] {
  const errors = useContext(FieldErrors);
  return Object.hasOwn(errors, name) ? (errors[name] ?? []) : [];
}

function Errors({ id, errors }: { id: string; errors: string[] }) {
  if (errors.length === 0) return null;
  return (
    <div id={id} className="text-sm font-medium text-bad">
      {errors.map((error) => (
        <p key={error}>{error}</p>
      ))}
    </div>
  );
}
