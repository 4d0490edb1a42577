/**
 * Runs in the browser before the page's scripts, from its text: nothing outside of it exists there. If one of them can't
 * be fetched, React never starts, and no button works. Fetches it again until it is there, less and less often. Meanwhile
 * `data-missing` shows the notice of the root layout. Scripts that React adds later are not its concern: where one of those
 * fails, React shows the page for errors.
 */
function refetchScripts(): void {
  const RETRY_MS = 3_000;
  const MAX_RETRY_MS = 60_000;
  /** How often each script that is not there was fetched, by its URL. */
  const missing = new Map<string, number>();
  /** The scripts of the document, once all of it has arrived. */
  let ofDocument: Set<HTMLScriptElement> | null = null;
  addEventListener("DOMContentLoaded", () => {
    ofDocument = new Set(document.scripts);
  });
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
    ofDocument?.add(script);
    failed.replaceWith(script);
  };

  const retry = (failed: HTMLScriptElement) => {
    const tries = missing.get(failed.src) ?? 0;
    missing.set(failed.src, tries + 1);
    showNotice();
    if (navigator.onLine) setTimeout(refetch, Math.min(RETRY_MS * 2 ** tries, MAX_RETRY_MS), failed);
    else addEventListener("online", () => refetch(failed), { once: true });
  };

  // React puts the page's scripts before this one: some may have failed already.
  const failedEarly = new Set(
    [...document.scripts].filter(({ src }) =>
      performance
        .getEntriesByName(src)
        .some((entry) => (entry as PerformanceResourceTiming).decodedBodySize === 0),
    ),
  );
  failedEarly.forEach(retry);

  const onError = (event: ErrorEvent) => {
    const { target } = event;
    if (!(target instanceof HTMLScriptElement) || target.nonce === "" || target.src === "") return;
    if (ofDocument !== null && !ofDocument.has(target)) return;
    // The page's loader of modules would give up.
    event.stopImmediatePropagation();
    if (!failedEarly.has(target)) retry(target);
  };
  addEventListener("error", onError, true);
}

/** The script of every page that fetches the page's scripts until they are there. */
export const REFETCH_SCRIPT = `(${refetchScripts})()`;
