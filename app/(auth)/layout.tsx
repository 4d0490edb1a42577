import type { Metadata } from "next";
import type { ReactNode } from "react";
import { BrandLinkList } from "#components/app-shell/brand-links.tsx";
import { BrandMark } from "#components/app-shell/logo.tsx";
import { Card } from "#components/ui/card.tsx";
import { logoOf, pageBrand } from "#server/page-brand.ts";

// The URLs of these pages contain one-time tokens, which no other site may see. With `no-referrer`, browsers would send
// forms with `Origin: null`, and server actions reject those.
export const metadata: Metadata = { referrer: "strict-origin" };

export default async function AuthLayout({ children }: { children: ReactNode }) {
  const brand = await pageBrand();
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-center gap-6 px-4 py-12">
      <p className="flex min-w-0 items-center gap-2.5 text-lg font-semibold tracking-tight">
        <BrandMark brand={logoOf(brand)} large />
      </p>
      <Card className="grid gap-5 p-6 max-sm:p-5">{children}</Card>
      <BrandLinkList links={brand.links} className="justify-center" />
    </main>
  );
}
