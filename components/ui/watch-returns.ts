interface OpenedLink {
  href: string;
  text: string;
}

/**
 * Moves the focus to the link that opened another page, when the reader returns from there with the browser's buttons:
 * the page is rendered again, and the focus would be lost. Returns how to stop.
 */
export function watchReturns(): () => void {
  /** By the URL of a page: the link that was opened there last. */
  const opened = new Map<string, OpenedLink>();
  let observer: MutationObserver | null = null;

  const open = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest("main a[href]") : null;
    // Prevented: the portal opens the page in place.
    if (!link || !event.defaultPrevented) return;
    opened.set(location.href, { href: link.getAttribute("href") ?? "", text: link.textContent });
  };

  const endReturn = () => {
    observer?.disconnect();
    observer = null;
  };
  const returnTo = () => {
    endReturn();
    const wanted = opened.get(location.href);
    if (!wanted) return;
    const focus = () => {
      if (document.activeElement === document.body) findLink(wanted)?.focus({ preventScroll: true });
    };
    // The router may have rendered the page already. If not, a link of the page that is left may have the focus until then.
    focus();
    observer = new MutationObserver(focus);
    observer.observe(document.body, { childList: true, subtree: true });
  };

  const stop = new AbortController();
  const { signal } = stop;
  // After React, at the window.
  window.addEventListener("click", open, { signal });
  window.addEventListener("popstate", returnTo, { signal });
  for (const type of ["pointerdown", "keydown"]) {
    window.addEventListener(type, endReturn, { signal, capture: true });
  }
  return () => {
    stop.abort();
    endReturn();
  };
}

/** The link, or another one to the same page if its text has changed. */
function findLink(wanted: OpenedLink): HTMLElement | undefined {
  const links = [...document.querySelectorAll<HTMLElement>("main a[href]")].filter(
    (link) => link.getAttribute("href") === wanted.href,
  );
  return links.find((link) => link.textContent === wanted.text) ?? links[0];
}
