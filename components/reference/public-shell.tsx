import type { ReactNode } from "react";
import type { BrandLinks } from "#core/brand/brand.ts";
import { BrandLinkList } from "../app-shell/brand-links.tsx";
import { Logo, type LogoBrand } from "../app-shell/logo.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { referenceText as text } from "./text.ts";

interface PublicShellProps {
  brand: LogoBrand & { links: BrandLinks };
  children: ReactNode;
}

/** The frame around public pages for visitors. */
export function PublicShell({ brand, children }: PublicShellProps) {
  return (
    <>
      <header className="border-b border-border">
        <div className="mx-auto flex h-14 w-full max-w-page items-center justify-between px-4 sm:px-8">
          <Logo brand={brand} />
          <ButtonLink href="/sign-in" size="sm">
            {text.signIn}
          </ButtonLink>
        </div>
      </header>
      <main className="mx-auto w-full max-w-page px-4 py-6 sm:px-8 sm:py-8">{children}</main>
      <footer className="mx-auto w-full max-w-page px-4 py-6 sm:px-8">
        <BrandLinkList links={brand.links} />
      </footer>
    </>
  );
}
