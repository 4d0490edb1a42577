/**
 * Runs in the browser before the page's scripts, from its text: nothing outside of it exists there. If one of them can't
 * be fetched, or only a part of it arrives, React never starts, and no button works. Fetches it again until it is there,
 * less and less often. Meanwhile `data-missing` shows the notice of the root layout. Scripts that React adds later only
 * fail: then React shows the page for errors.
 */
function refetchScripts(): void {
  const RETRY_MS = 3_000;
  const MAX_RETRY_MS = 60_000;
  /** How often each script that is not there was fetched, by its URL. */
  const missing = new Map<string, number>();
  /** The elements of scripts of which only a part arrived. The browser may keep that part for a year. */
  const cut = new WeakSet<HTMLScriptElement>();
  /** The scripts of the document, once all of it has arrived. */
  let ofDocument: Set<HTMLScriptElement> | null = null;
  addEventListener("DOMContentLoaded", () => {
    ofDocument = new Set(document.scripts);
  });
  const isOfDocument = (script: HTMLScriptElement) => ofDocument === null || ofDocument.has(script);
  const showNotice = () => document.documentElement.toggleAttribute("data-missing", missing.size > 0);

  /** Replaces what the browser has cached. */
  const reload = (url: string) =>
    fetch(url, { cache: "reload" })
      .then((response) => response.blob())
      .catch(() => {});

  const refetch = async (failed: HTMLScriptElement) => {
    if (cut.has(failed)) await reload(failed.src);
    const script = document.createElement("script");
    script.async = true;
    script.nonce = failed.nonce;
    // As it is in the page: by this, a script registers its modules.
    script.src = failed.getAttribute("src") ?? "";
    script.addEventListener("load", () => {
      if (cut.has(script)) return;
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

  const retryCut = async (script: HTMLScriptElement) => {
    cut.add(script);
    if (isOfDocument(script)) return retry(script);
    // What loads modules tries again after a failure.
    await reload(script.src);
    script.dispatchEvent(new Event("error"));
  };

  const sizeOf = ({ src }: HTMLScriptElement) =>
    (performance.getEntriesByName(src).at(-1) as PerformanceResourceTiming | undefined)?.decodedBodySize;

  // React puts the page's scripts before this one: some may have failed already.
  const early = [...document.scripts].filter((script) => sizeOf(script) !== undefined);
  const failedEarly = new Set(early.filter((script) => sizeOf(script) === 0));
  failedEarly.forEach(retry);
  // Whether the others were cut off shows only in that React does not start.
  const isHydrated = (element: Element) =>
    Object.keys(element).some((name) => name.startsWith("__reactProps"));
  addEventListener("load", () =>
    setTimeout(() => {
      if ([...document.querySelectorAll("button")].every(isHydrated)) return;
      for (const script of early) if (!failedEarly.has(script)) retryCut(script);
    }, RETRY_MS),
  );

  const onError = (event: ErrorEvent) => {
    const { target, error, filename } = event;
    if (target === window) {
      // A script whose end is missing can't be parsed. What one throws while it runs has the script in its stack.
      if (!(error instanceof SyntaxError) || error.stack?.includes(filename)) return;
      const script = [...document.scripts].find(({ src }) => src === filename);
      if (script !== undefined) retryCut(script);
      return;
    }
    if (!(target instanceof HTMLScriptElement) || target.nonce === "" || target.src === "") return;
    if (!isOfDocument(target)) return;
    // The page's loader of modules would give up.
    event.stopImmediatePropagation();
    if (!failedEarly.has(target)) retry(target);
  };
  addEventListener("error", onError, true);

  // One without a single byte is parsed as an empty script.
  const onLoad = ({ target }: Event) => {
    if (target instanceof HTMLScriptElement && target.src !== "" && sizeOf(target) === 0) retryCut(target);
  };
  document.addEventListener("load", onLoad, true);
}

/** The script of every page that fetches the page's scripts until they are there. */
export const REFETCH_SCRIPT = `(${refetchScripts})()`;
