import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { adminText } from "#components/admin/text.ts";
import { ErrorMessage } from "#components/ui/error-message.tsx";
import { uiText } from "#components/ui/text.ts";
import { pageCtx } from "#server/page.ts";
import { titleTemplateOf } from "#server/page-brand.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: await titleTemplateOf(uiText.admin) };
}

/** For administrators only; others get 404. Each verb checks the role again. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const { actor } = await pageCtx();
  if (actor.kind === "user" && actor.isOutsideAdminIpAddresses) {
    return (
      <ErrorMessage title={adminText.outside.title}>{adminText.outside.body(actor.ipAddress)}</ErrorMessage>
    );
  }
  if (actor.kind !== "user" || actor.siteRole !== "admin") notFound();
  return children;
}
