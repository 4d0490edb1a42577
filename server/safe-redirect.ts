/** Returns `url` if it is a page of this portal, otherwise the portal's first page: no open redirects. */
export function samePortal(url: string, portalUrl: string): string {
  const target = URL.parse(url, portalUrl);
  const { protocol, origin } = new URL(portalUrl);
  // A blob: URL has the origin of the URL inside it, but is not a page.
  return target?.protocol === protocol && target.origin === origin ? target.href : portalUrl;
}

/** The same as a path, for links and redirects inside the portal. */
export function samePortalPath(url: string | undefined): string {
  const base = "http://portal.invalid";
  const target = URL.parse(url ?? "/", base);
  if (target?.protocol !== "http:" || target.origin !== base) return "/";
  // "/.//elsewhere" is a path here, but normalized it begins with "//", which browsers take for a host.
  return `${target.pathname.replace(/^\/+/, "/")}${target.search}`;
}
