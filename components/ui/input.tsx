"use client";

import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import { type ComponentProps, useContext } from "react";
import { ControlContext } from "./field-state.ts";
import { INPUT_CLASS, INPUT_HEIGHT, SELECT_CLASS } from "./filter.tsx";

type InputProps = ComponentProps<"input"> & {
  onValueChange?: (value: string) => void;
  /** Monospace, for ids, tokens and code. */
  mono?: boolean;
};

/** One line of text. A `Field` around it provides label, hint and error. */
export function Input({ className, mono, onValueChange, onChange, ...rest }: InputProps) {
  const control = useContext(ControlContext);
  return (
    <input
      {...rest}
      {...control}
      onChange={(event) => {
        onChange?.(event);
        onValueChange?.(event.currentTarget.value);
      }}
      className={clsx(INPUT_CLASS, INPUT_HEIGHT, mono && "font-mono", className)}
    />
  );
}

type TextareaProps = ComponentProps<"textarea"> & { mono?: boolean };

export function Textarea({ className, mono, ...rest }: TextareaProps) {
  const control = useContext(ControlContext);
  return (
    <textarea
      rows={3}
      {...rest}
      {...control}
      className={clsx(INPUT_CLASS, "min-h-20 py-2", mono && "font-mono text-sm", className)}
    />
  );
}

type SelectProps = ComponentProps<"select"> & {
  /** Classes of the wrapper, which sets the width. */
  className?: string;
};

/** A native select in our style: it works on phones and without a script. The children are options. */
export function Select({ className, children, ...rest }: SelectProps) {
  const control = useContext(ControlContext);
  return (
    <span className={clsx("relative inline-grid", className)}>
      <select {...rest} {...control} className={SELECT_CLASS}>
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
}
