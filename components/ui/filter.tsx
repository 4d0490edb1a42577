import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cx } from "./cx.ts";
import { INPUT_CLASS, SELECT_CLASS } from "./input-class.ts";

/** A search box outside of any form: looks like `Input`, without what forms need. */
export function FilterInput({ className, ...rest }: ComponentProps<"input">) {
  return <input {...rest} className={cx(INPUT_CLASS, "h-9", className)} />;
}

/** A choice that filters, outside of any form. `className` decides the width. */
export function FilterSelect({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    <span className={cx("relative inline-grid", className)}>
      <select {...rest} className={SELECT_CLASS}>
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
}
