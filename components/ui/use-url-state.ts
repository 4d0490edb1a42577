"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { withParams } from "./url-state.ts";

/**
 * Changes parameters of the current URL without asking the server; undefined removes one. Reads the URL itself,
 * since a second change may come before the first has reached `useSearchParams`.
 */
export function updateUrl(
  change: Record<string, string | undefined>,
  history: "push" | "replace" = "replace",
): void {
  const { pathname, search } = window.location;
  const href = changed(pathname, new URLSearchParams(search), change);
  if (history === "push") window.history.pushState(null, "", href);
  else window.history.replaceState(null, "", href);
}

function changed(path: string, search: URLSearchParams, change: Record<string, string | undefined>): string {
  return withParams(path, Object.entries({ ...Object.fromEntries(search), ...change }));
}

const NEW = "new";

/** Whether the dialog that creates something is open. The URL holds it, so that a link can open it. */
export function useNewParam() {
  const path = usePathname();
  const search = new URLSearchParams(useSearchParams());
  return {
    open: search.get(NEW) === "1",
    openHref: changed(path, search, { [NEW]: "1" }),
    show: () => updateUrl({ [NEW]: "1" }, "push"),
    hide: () => updateUrl({ [NEW]: undefined }),
  };
}

const DIALOG = "do";

/** Which of a page's dialogs is open; null for none. The URL holds it, so that a link can open it. */
export function useDialogParam<Name extends string>(names: readonly Name[]) {
  const value = new URLSearchParams(useSearchParams()).get(DIALOG);
  return {
    open: names.find((name) => name === value) ?? null,
    show: (name: Name) => updateUrl({ [DIALOG]: name }, "push"),
    hide: () => updateUrl({ [DIALOG]: undefined }),
  };
}
