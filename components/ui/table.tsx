import type { ComponentProps } from "react";
import { cx } from "./cx.ts";

/**
 * A table that scrolls sideways in its own box rather than with the page. Name it with `aria-label`, since
 * the box can be reached by keyboard.
 */
export function Table({ className, dense, ...rest }: ComponentProps<"table"> & { dense?: boolean }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a scrolling box is a region, and not a part of the outline
    <div
      role="region"
      aria-label={rest["aria-label"]}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="focus-inset min-w-0 overflow-x-auto rounded"
    >
      <table
        {...rest}
        data-dense={dense || undefined}
        className={cx("group/table w-full border-collapse text-left text-base", className)}
      />
    </div>
  );
}

export function Thead(props: ComponentProps<"thead">) {
  return <thead {...props} className={cx("border-b border-border text-xs text-muted", props.className)} />;
}

export function Th({ className, numeric, ...rest }: ComponentProps<"th"> & { numeric?: boolean }) {
  return (
    <th
      scope="col"
      {...rest}
      className={cx(
        "h-9 px-3 font-medium whitespace-nowrap first:pl-4 last:pr-4",
        numeric && "text-right",
        className,
      )}
    />
  );
}

/** A row of 44 px, or 36 in a dense table. `interactive`: the whole row opens something. */
export function Tr({ className, interactive, ...rest }: ComponentProps<"tr"> & { interactive?: boolean }) {
  return (
    <tr
      {...rest}
      className={cx(
        "border-b border-border last:border-b-0",
        interactive && "relative hover:bg-hover has-[a:focus-visible]:bg-hover",
        className,
      )}
    />
  );
}

export function Td({ className, numeric, ...rest }: ComponentProps<"td"> & { numeric?: boolean }) {
  return (
    <td
      {...rest}
      className={cx(
        "h-11 px-3 py-1.5 group-data-dense/table:h-9 group-data-dense/table:py-1 first:pl-4 last:pr-4",
        numeric && "text-right tabular-nums",
        className,
      )}
    />
  );
}
