import type { ReactNode } from "react";
import { PublicShell } from "#components/reference/public-shell.tsx";
import { logoOf, pageBrand } from "#server/page-brand.ts";
import { isSignedIn } from "#server/reader-page.ts";
import PortalLayout from "../(portal)/layout.tsx";

/** References of public APIs are open to visitors, who see no navigation of the portal. */
export default async function ReferenceLayout({ children }: { children: ReactNode }) {
  if (await isSignedIn()) return <PortalLayout>{children}</PortalLayout>;
  const brand = await pageBrand();
  return <PublicShell brand={{ ...logoOf(brand), links: brand.links }}>{children}</PublicShell>;
}
