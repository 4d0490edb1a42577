import type { ReactNode } from "react";
import { Logo } from "../app-shell/logo.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { referenceText as text } from "./text.ts";

/** The frame around public pages for visitors. */
export function PublicShell({ children }: { children: ReactNode }) {
  return (
    <>
      <header className="border-b border-border">
        <div className="mx-auto flex h-14 w-full max-w-page items-center justify-between px-4 sm:px-8">
          <Logo />
          <ButtonLink href="/sign-in" size="sm">
            {text.signIn}
          </ButtonLink>
        </div>
      </header>
      <main className="mx-auto w-full max-w-page px-4 py-6 sm:px-8 sm:py-8">{children}</main>
    </>
  );
}
