import { clsx } from "clsx";
import type { Metadata } from "next";
import { MailForm } from "#components/branding/mail-form.tsx";
import { mailsText as text } from "#components/branding/mail-text.ts";
import { brandingText } from "#components/branding/text.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Alert } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { MAIL_KINDS, type MailKind } from "#core/brand/mail-template.ts";
import { getBranding } from "#domain/branding/set.ts";
import { type PageSearch, pageCtx, readForPage, searchOf } from "#server/page.ts";
import { setMailTemplate } from "../actions.ts";
import { BrandingHeader } from "../branding-header.tsx";

const { tabs } = brandingText;

export const metadata: Metadata = { title: `${tabs.mails} · ${brandingText.title}` };

/** The templates of emails. The URL says which one is shown. */
export default async function BrandingEmailsPage({ searchParams }: { searchParams: PageSearch }) {
  const [brand, search, { settings, sendMail }] = await Promise.all([
    readForPage(getBranding, {}),
    searchOf(searchParams),
    pageCtx(),
  ]);
  const wanted = search.get("kind");
  const kind: MailKind = MAIL_KINDS.find((each) => each === wanted) ?? "invitation";
  return (
    <div className="grid gap-6">
      <BrandingHeader current="mails" />
      {sendMail === null ? <Alert tone="inert">{text.noMail}</Alert> : null}
      <div className="grid items-start gap-6 lg:grid-cols-[12rem_minmax(0,1fr)]">
        <nav aria-label={text.kinds}>
          <ul className="grid gap-px max-lg:grid-cols-2">
            {MAIL_KINDS.map((each) => (
              <li key={each}>
                <Link
                  href={`/admin/branding/emails?kind=${each}`}
                  scroll={false}
                  aria-current={each === kind ? "page" : undefined}
                  className={clsx(
                    "focus-inset flex min-h-8 items-center justify-between gap-2 rounded px-2 text-sm",
                    each === kind
                      ? "bg-hover font-medium text-ink"
                      : "text-muted hover:bg-hover hover:text-ink",
                  )}
                >
                  {text.list[each].label}
                  {brand.mails[each] ? <Badge tone="accent">{text.changed}</Badge> : null}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <MailForm
          key={kind}
          kind={kind}
          template={brand.mails[kind] ?? null}
          company={{
            name: brand.name,
            portal: settings.url,
            support: (brand.links.support ?? "").replace(/^mailto:/, ""),
          }}
          from={brand.name}
          set={setMailTemplate}
        />
      </div>
    </div>
  );
}
