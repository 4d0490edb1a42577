"use client";

import { Field } from "@base-ui/react/field";
import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { INPUT_CLASS, SELECT_CLASS } from "./filter.tsx";

type InputProps = Omit<ComponentProps<typeof Field.Control>, "className" | "render"> & {
  className?: string;
  /** Monospace, for ids, tokens and code. */
  mono?: boolean;
};

/** One line of text. A `Field` around it provides label, hint and error. */
export function Input({ className, mono, ...rest }: InputProps) {
  return <Field.Control {...rest} className={clsx(INPUT_CLASS, "h-9", mono && "font-mono", className)} />;
}

type TextareaProps = Omit<ComponentProps<"textarea">, "defaultValue" | "value"> & {
  defaultValue?: string;
  value?: string;
  mono?: boolean;
};

export function Textarea({ className, mono, defaultValue, value, name, ...rest }: TextareaProps) {
  return (
    <Field.Control
      name={name}
      defaultValue={defaultValue}
      value={value}
      render={
        <textarea
          rows={3}
          {...rest}
          className={clsx(INPUT_CLASS, "min-h-20 py-2", mono && "font-mono text-sm", className)}
        />
      }
    />
  );
}

type SelectProps = Omit<ComponentProps<"select">, "defaultValue" | "value"> & {
  defaultValue?: string;
  value?: string;
  /** Classes of the wrapper, which sets the width. */
  className?: string;
};

/** A native select in our style: it works on phones and without a script. The children are options. */
export function Select({ className, defaultValue, value, name, children, ...rest }: SelectProps) {
  return (
    <span className={clsx("relative inline-grid", className)}>
      <Field.Control
        name={name}
        defaultValue={defaultValue}
        value={value}
        render={
          <select {...rest} className={SELECT_CLASS}>
            {children}
          </select>
        }
      />
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
}
