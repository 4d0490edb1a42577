import type { ReactNode } from "react";
import { PublicShell } from "#components/reference/public-shell.tsx";
import { isSignedIn } from "#server/reader-page.ts";
import PortalLayout from "../(portal)/layout.tsx";

/** References of public APIs are open to visitors, who see no navigation of the portal. */
export default async function ReferenceLayout({ children }: { children: ReactNode }) {
  if (await isSignedIn()) return <PortalLayout>{children}</PortalLayout>;
  return <PublicShell>{children}</PublicShell>;
}
