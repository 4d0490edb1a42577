import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { adminText } from "#components/admin/text.ts";
import { ErrorMessage } from "#components/ui/error-message.tsx";
import { pageCtx } from "#server/page.ts";

/** For administrators only; others get 404. Each verb checks the role again. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const { actor } = await pageCtx();
  if (actor.kind === "user" && actor.isOutsideAdminAddresses) {
    return (
      <ErrorMessage title={adminText.outside.title}>{adminText.outside.body(actor.ipAddress)}</ErrorMessage>
    );
  }
  if (actor.kind !== "user" || actor.siteRole !== "admin") notFound();
  return children;
}
