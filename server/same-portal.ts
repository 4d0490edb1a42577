/** Where to go next: `url` if it is a page of this portal, else the portal's first page. Never elsewhere. */
export function samePortal(url: string, portalUrl: string): string {
  const target = URL.parse(url, portalUrl);
  return target !== null && target.origin === new URL(portalUrl).origin ? target.href : portalUrl;
}

/** The same as a path, for links and redirects inside the portal. */
export function samePortalPath(url: string | undefined): string {
  const base = "http://portal.invalid";
  const target = URL.parse(url ?? "/", base);
  if (target === null || target.origin !== base) return "/";
  // "/.//elsewhere" is a path here, but normalised it begins with "//", which browsers take for a host.
  return `${target.pathname.replace(/^\/+/, "/")}${target.search}`;
}
