import type { Metadata } from "next";
import type { ReactNode } from "react";
import { LogoIcon } from "#components/app-shell/logo.tsx";
import { Card } from "#components/ui/card.tsx";

// The URLs of these pages contain one-time tokens, which no other site may see. With `no-referrer`, browsers would send
// forms with `Origin: null`, and server actions reject those.
export const metadata: Metadata = { referrer: "strict-origin" };

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-center gap-6 px-4 py-12">
      <p className="flex items-center gap-2.5 text-lg font-semibold tracking-tight">
        <LogoIcon className="size-7" />
        Latchkey
      </p>
      <Card className="grid gap-5 p-6 max-sm:p-5">{children}</Card>
    </main>
  );
}
