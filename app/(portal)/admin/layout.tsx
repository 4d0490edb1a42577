import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { adminText } from "#components/admin/text.ts";
import { ErrorMessage } from "#components/ui/error-message.tsx";
import { notFoundText } from "#components/ui/not-found-text.ts";
import { uiText } from "#components/ui/text.ts";
import { isAdmin } from "#domain/context.ts";
import { pageCtx } from "#server/page.ts";
import { commonTitleOf, titleTemplateOf } from "#server/page-brand.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { actor } = await pageCtx();
  const isKnown = isAdmin(actor) || (actor.kind === "user" && actor.isOutsideAdminIpAddresses);
  return {
    title: isKnown
      ? await titleTemplateOf(uiText.admin)
      : await commonTitleOf(notFoundText.pageNotFound.title),
  };
}

/** For administrators only; others get 404. Each verb checks the role again. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const { actor } = await pageCtx();
  if (actor.kind === "user" && actor.isOutsideAdminIpAddresses) {
    return (
      <ErrorMessage title={adminText.outside.title}>{adminText.outside.body(actor.ipAddress)}</ErrorMessage>
    );
  }
  if (!isAdmin(actor)) notFound();
  return children;
}
