import { useSearchParams } from "next/navigation";
import { type UsageView, viewOf } from "./ranges.ts";

export interface ViewState {
  view: UsageView;
  asTable: boolean;
  change: (part: Partial<UsageView & { view: "table" | "chart" }>) => void;
}

/** What is looked at, kept in the address, so that a link shows what its sender saw. No page is loaded anew. */
export function useView(): ViewState {
  const search = useSearchParams();
  return {
    view: viewOf(search),
    asTable: search.get("view") === "table",
    change(part) {
      // The address itself: a second press may come before the first one's is in `search`.
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(part)) next.set(name, value);
      if (next.get("view") === "chart") next.delete("view");
      window.history.replaceState(null, "", `?${next}`);
    },
  };
}
