import type { Metadata } from "next";
import { BrandForm } from "#components/branding/brand-form.tsx";
import { LogoForm } from "#components/branding/logo-form.tsx";
import { brandingText as text } from "#components/branding/text.ts";
import { PRODUCT_NAME } from "#core/brand/brand.ts";
import { getBranding } from "#domain/branding/set.ts";
import { readForPage } from "#server/page.ts";
import { logoOf } from "#server/page-brand.ts";
import { setBranding, setLogo } from "./actions.ts";
import { BrandingHeader } from "./branding-header.tsx";

export const metadata: Metadata = { title: text.title };

/** Name, logo, accent color and links of the company. */
export default async function BrandingPage() {
  const brand = await readForPage(getBranding, {});
  const { logo } = logoOf(brand);
  return (
    <div className="grid gap-6">
      <BrandingHeader current="look" />
      <BrandForm brand={brand} logo={logo} productName={PRODUCT_NAME} set={setBranding}>
        <LogoForm logo={logo} set={setLogo} />
      </BrandForm>
    </div>
  );
}
