import { X } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { groupLabel } from "./group-label.ts";
import { usageText } from "./text.ts";
import { FILTER_NAMES, type FilterName, type PanelData, type UsageView } from "./usage-state.ts";
import type { UsageViewState } from "./use-usage.ts";

interface UsageFiltersProps extends Pick<UsageViewState, "change"> {
  view: UsageView;
  names: PanelData["names"];
  /** Not shown: the page itself is about these. */
  fixed: readonly FilterName[];
}

/** What the numbers are narrowed to. Each filter can be removed. */
export function UsageFilters({ view, names, fixed, change }: UsageFiltersProps) {
  const { filters: text } = usageText;
  const active = FILTER_NAMES.filter((name) => view[name] !== undefined && !fixed.includes(name));
  if (active.length === 0) return null;
  const labelOf = (name: FilterName) => {
    if (name === "outcome" && view.outcome) return text.outcomes[view.outcome];
    const value = view[name] ?? "";
    return name === "environment"
      ? groupLabel(name, { group: value, label: value })
      : (names[value] ?? value);
  };
  return (
    <ul aria-label={text.label} className="flex flex-wrap items-center gap-2">
      {active.map((name) => (
        <li key={name} className="min-w-0">
          <button
            type="button"
            onClick={() => change({ [name]: undefined }, "push")}
            className="relative inline-flex h-8 max-w-full items-center gap-1.5 rounded border border-border bg-raised px-2.5 text-sm hover:bg-hover"
          >
            <span className="sr-only">{text.remove}</span>
            <span className="text-muted">{text[name]}</span>
            <span className="truncate font-medium">{labelOf(name)}</span>
            <X aria-hidden className="size-3.5 shrink-0 text-muted" />
          </button>
        </li>
      ))}
      {active.length > 1 ? (
        <li>
          <Button
            size="sm"
            variant="ghost"
            onClick={() => change(Object.fromEntries(active.map((name) => [name, undefined])), "push")}
          >
            {text.removeAll}
          </Button>
        </li>
      ) : null}
    </ul>
  );
}
