import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";

/** The look of inputs. At least 16 px on a phone, because iOS zooms into smaller ones. */
export const INPUT_CLASS =
  "w-full rounded border border-edge bg-surface px-2.5 text-base text-ink transition-colors " +
  "hover:border-muted disabled:opacity-55 data-invalid:border-bad aria-invalid:border-bad " +
  "focus-visible:outline-offset-0 max-sm:text-lg";

/** As high as a button. */
export const INPUT_HEIGHT = "h-9 max-sm:h-11";

export const SELECT_CLASS = `${INPUT_CLASS} ${INPUT_HEIGHT} select-styled appearance-none truncate pr-8 leading-normal`;

/** A text filter outside of an `ActionForm`: looks like `Input`, without labels and errors. */
export function FilterInput({ className, ...rest }: ComponentProps<"input">) {
  return <input {...rest} className={clsx(INPUT_CLASS, INPUT_HEIGHT, className)} />;
}

/** A filter with options, outside of an `ActionForm`. `className` sets the width. */
export function FilterSelect({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    // On a phone, two share a row.
    <span className={clsx("relative inline-grid max-sm:min-w-0 max-sm:flex-1 max-sm:basis-2/5", className)}>
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

/** Options of a select: their values and words. */
export function FilterOptions({ options }: { options: Iterable<readonly [value: string, words: string]> }) {
  return [...options].map(([value, words]) => (
    <option key={value} value={value}>
      {words}
    </option>
  ));
}

interface NamedOptionsProps {
  /** The option without a choice. */
  any: string;
  items: readonly { id: string; name: string }[];
  /** The chosen id. A link can have one outside of the list, which is shown as it is. */
  value: string | undefined;
}

/** Options of a select for things with names. */
export function NamedOptions({ any, items, value = "" }: NamedOptionsProps) {
  const isListed = value === "" || items.some(({ id }) => id === value);
  return (
    <>
      <option value="">{any}</option>
      {isListed ? null : <option value={value}>{value}</option>}
      <FilterOptions options={items.map(({ id, name }) => [id, name] as const)} />
    </>
  );
}
