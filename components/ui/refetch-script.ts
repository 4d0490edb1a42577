/**
 * Runs in the browser before the page's scripts, from its text: nothing outside of it exists there. If one of them can't
 * be fetched, React never starts, and no button works. Fetches it again until it is there. Meanwhile `data-missing` shows
 * the notice of the root layout.
 */
function refetchScripts(): void {
  const RETRY_MS = 3_000;
  /** The URLs of scripts that could not be fetched. */
  const missing = new Set<string>();
  const showNotice = () => document.documentElement.toggleAttribute("data-missing", missing.size > 0);

  const refetch = (failed: HTMLScriptElement) => {
    const script = document.createElement("script");
    script.async = true;
    script.nonce = failed.nonce;
    // As it is in the page: by this, a script registers its modules.
    script.src = failed.getAttribute("src") ?? "";
    script.addEventListener("load", () => {
      missing.delete(script.src);
      showNotice();
    });
    failed.replaceWith(script);
  };

  const onError = (event: ErrorEvent) => {
    const { target } = event;
    // Code that is loaded later has no nonce: `untilLoaded` fetches it again.
    if (!(target instanceof HTMLScriptElement) || target.nonce === "" || target.src === "") return;
    // The page's loader of modules would give up.
    event.stopImmediatePropagation();
    missing.add(target.src);
    showNotice();
    if (navigator.onLine) setTimeout(refetch, RETRY_MS, target);
    else addEventListener("online", () => refetch(target), { once: true });
  };
  addEventListener("error", onError, true);
}

/** The script of every page that fetches the page's scripts until they are there. */
export const REFETCH_SCRIPT = `(${refetchScripts})()`;
