import { brandingText as text } from "#components/branding/text.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { TabLinks } from "#components/ui/tabs.tsx";
import { uiText } from "#components/ui/text.ts";

/** The header of both pages, with their tabs. */
export function BrandingHeader({ current }: { current: "look" | "mails" }) {
  return (
    <>
      <PageHeader crumbs={[{ label: uiText.admin, href: "/admin" }]} title={text.title} facts={text.facts} />
      <TabLinks
        label={text.tabs.label}
        tabs={[
          { label: text.tabs.look, href: "/admin/branding", current: current === "look" },
          { label: text.tabs.mails, href: "/admin/branding/emails", current: current === "mails" },
        ]}
      />
    </>
  );
}
