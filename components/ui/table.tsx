import { clsx } from "clsx";
import type { ComponentProps } from "react";

interface TableProps extends ComponentProps<"table"> {
  dense?: boolean;
  /** On a phone the cells of a row stand below each other, each after its `data-label`. */
  stacked?: boolean;
}

/**
 * A table that scrolls sideways in its own box rather than with the page. Name it with `aria-label`, because
 * the box can be reached by keyboard. Rows are 44 px, or 36 when `dense`. Its styles are in globals.css.
 */
export function Table({ className, dense, stacked, ...rest }: TableProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a scrolling box is a region, and not a part of the outline
    <div
      role="region"
      aria-label={rest["aria-label"]}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="focus-inset relative min-w-0 overflow-x-auto rounded"
    >
      <table
        {...rest}
        data-dense={dense || undefined}
        data-stacked={stacked || undefined}
        className={clsx("table", className)}
      />
    </div>
  );
}

export function Thead(props: ComponentProps<"thead">) {
  return <thead {...props} />;
}

/** `numeric`: figures, which line up at the right. */
export function Th({ className, numeric, ...rest }: ComponentProps<"th"> & { numeric?: boolean }) {
  return <th scope="col" {...rest} className={clsx(numeric && "num", className) || undefined} />;
}

/** `interactive`: the whole row opens something. */
export function Tr({ className, interactive, ...rest }: ComponentProps<"tr"> & { interactive?: boolean }) {
  return <tr {...rest} className={clsx(interactive && "opens", className) || undefined} />;
}

export function Td({ className, numeric, ...rest }: ComponentProps<"td"> & { numeric?: boolean }) {
  return <td {...rest} className={clsx(numeric && "num", className) || undefined} />;
}
