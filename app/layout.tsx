import "@fontsource-variable/inter";
import "@fontsource-variable/jetbrains-mono";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { serverShellText } from "#components/app-shell/server-text.ts";
import { EARLY_INPUT_SCRIPT } from "#components/ui/early-input-script.ts";
import { InteractionLayer } from "#components/ui/interaction-layer.tsx";
import { REFETCH_SCRIPT } from "#components/ui/refetch-script.ts";
import { THEME_SCRIPT } from "#components/ui/theme-script.ts";
import { Toaster } from "#components/ui/toaster.tsx";
import { iconUrl, pageBrand } from "#server/page-brand.ts";

export async function generateMetadata(): Promise<Metadata> {
  const brand = await pageBrand();
  return {
    title: { default: brand.name, template: `%s · ${brand.name.replaceAll("%s", "")}` },
    description: "Developer portal for API keys.",
    icons: { icon: iconUrl(brand) },
    // The portal of one organization should not appear in search engines.
    robots: { index: false, follow: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f9fbfb" },
    { media: "(prefers-color-scheme: dark)", color: "#0d1113" },
  ],
};

/** What must run before the page is painted. */
const SCRIPT = `${THEME_SCRIPT};${REFETCH_SCRIPT};${EARLY_INPUT_SCRIPT}`;

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  const { accent } = await pageBrand();
  return (
    // The script sets the class before hydration.
    <html lang="en" suppressHydrationWarning>
      <head>
        {accent === null ? null : <link rel="stylesheet" href={`/brand/accent-${accent.slice(1)}.css`} />}
      </head>
      <body>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant text, with the nonce of this response */}
        <script nonce={nonce} dangerouslySetInnerHTML={{ __html: SCRIPT }} suppressHydrationWarning />
        <div id="page">{children}</div>
        <p role="status" className="script-notice popup">
          {serverShellText.stillLoading}
        </p>
        <InteractionLayer />
        <Toaster />
      </body>
    </html>
  );
}
