import { formatNumber } from "#core/format.ts";

export const brandingText = {
  title: "Branding",
  facts: "What people see instead of the name and the colors of the software.",
  tabs: { label: "Branding", look: "Look", mails: "Emails" },
  identity: {
    title: "Company",
    name: "Company name",
    nameHint:
      "Shown on every page, in emails as the sender, and in authenticator apps. Empty for the name of the software.",
    accent: "Accent color",
    accentHint:
      "For links, buttons and focus. Lighter or darker shades are chosen where text would be hard to read. Empty for the default.",
    pick: "Pick a color",
    links: "Links",
    linksHint: "In the sidebar, under the sign-in form, and on public pages. Empty for none.",
    docs: "Documentation",
    support: "Support",
    supportHint: "A page, or an email address as mailto:help@example.com. Also in the footer of emails.",
    status: "Status page",
    terms: "Terms of use",
    saved: "Saved. Other processes of the portal show it within a second.",
  },
  logo: {
    title: "Logo",
    description: (maxBytes: number) =>
      `A PNG, JPEG or WebP file of at most ${formatNumber(maxBytes / 1_024)} KiB. A wide image takes the place of the name; a square one is also the icon of browser tabs.`,
    file: "Logo file",
    upload: "Upload logo",
    remove: "Remove logo",
    none: "No logo. The first letter of the company name takes its place; without that name, the icon of the software.",
    size: (width: number, height: number) => `${formatNumber(width)} × ${formatNumber(height)} pixels`,
    tooLarge: (bytes: number, max: number) =>
      `This file is ${formatNumber(Math.ceil(bytes / 1_024))} KiB. Use one of at most ${formatNumber(max / 1_024)} KiB.`,
  },
  preview: {
    title: "Preview",
    light: "Light theme",
    dark: "Dark theme",
    page: "Keys",
    action: "Create key",
    link: "checkout server",
    selected: "Selected",
    adjusted: "Shades were adjusted, so that text stays readable.",
  },
};
