"use client";

import { usePathname, useSearchParams } from "next/navigation";

const PARAM = "new";

/** Whether the dialog of a new thing is open: it is in the URL, so that a link can open it. */
export function useNewParam() {
  const path = usePathname();
  const params = useSearchParams();
  const addressWith = (open: boolean) => {
    const next = new URLSearchParams(params);
    if (open) next.set(PARAM, "1");
    else next.delete(PARAM);
    return next.size > 0 ? `${path}?${next}` : path;
  };
  return {
    open: params.get(PARAM) === "1",
    openHref: addressWith(true),
    /** The page under the dialog stays as it is, so the server is not asked. */
    show: () => window.history.pushState(null, "", addressWith(true)),
    hide: () => window.history.replaceState(null, "", addressWith(false)),
  };
}
