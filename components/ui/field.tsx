"use client";

import { Field as BaseField } from "@base-ui/react/field";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { uiText } from "./text.ts";

interface FieldProps {
  /** The path of the value in the input. Errors at or below this path are shown here. */
  name: string;
  label: ReactNode;
  /** Explains the field; stays visible beside an error. */
  hint?: ReactNode;
  /** Shows "optional" beside the label. */
  optional?: boolean;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  className?: string;
  children: ReactNode;
}

/** Label, control, hint and error of one value, connected for assistive technology. */
export function Field({ name, label, hint, optional, hideLabel, className, children }: FieldProps) {
  return (
    <BaseField.Root name={name} data-field={name} className={clsx("grid content-start gap-1.5", className)}>
      <BaseField.Label className={hideLabel ? "sr-only" : "text-sm font-medium"}>
        {label}
        {optional ? <span className="font-normal text-muted"> {uiText.optional}</span> : null}
      </BaseField.Label>
      {children}
      {hint ? <BaseField.Description className="text-sm text-muted">{hint}</BaseField.Description> : null}
      <BaseField.Error className="text-sm font-medium text-bad" />
    </BaseField.Root>
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
  return (
    <BaseField.Root
      name={name}
      data-field={name}
      render={<fieldset />}
      className={clsx("grid min-w-0 gap-1.5", className)}
    >
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      {hint ? <p className="-mt-1.5 text-sm text-muted">{hint}</p> : null}
      {children}
      <BaseField.Error className="text-sm font-medium text-bad" />
    </BaseField.Root>
  );
}
