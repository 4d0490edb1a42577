import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { cache } from "react";
import { guidesText as text } from "#components/apis/admin-text.ts";
import { ChangelogForm, GuideForm } from "#components/apis/guide-form.tsx";
import { apisText } from "#components/apis/text.ts";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { guideHref } from "#components/reference/links.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { uiText } from "#components/ui/text.ts";
import { getApiToChange } from "#domain/catalog/apis/list.ts";
import { getChangelog, getGuide, listGuides } from "#domain/catalog/reference/guides.ts";
import { guideRefSchema } from "#domain/catalog/reference/schema.ts";
import { type PageSearch, pageInput, readForPage, searchOf } from "#server/page.ts";
import { deleteGuide, saveChangelog, saveGuide } from "../../../actions.ts";

interface GuidesPageProps {
  params: Promise<{ slug: string }>;
  searchParams: PageSearch;
}

const apiOf = cache((slug: string) => readForPage(getApiToChange, { slug }));

/** The guide that the URL names to edit, if any. */
const guideOf = cache(async (slug: string, guide: string | null) =>
  guide ? readForPage(getGuide, pageInput(guideRefSchema, { slug, guide })) : undefined,
);

export async function generateMetadata({ params, searchParams }: GuidesPageProps): Promise<Metadata> {
  const [{ slug }, query] = [await params, await searchOf(searchParams)];
  const [api, guide] = await Promise.all([apiOf(slug), guideOf(slug, query.get("edit"))]);
  return { title: `${guide ? text.edit(guide.title) : text.manage} · ${api.name}` };
}

/** The guides and the changelog of an API, for administrators. */
export default async function GuidesPage({ params, searchParams }: GuidesPageProps) {
  const [{ slug }, query] = [await params, await searchOf(searchParams)];
  const base = `/admin/apis/${slug}/guides`;
  const [api, { items }, changelog, guide] = await Promise.all([
    apiOf(slug),
    readForPage(listGuides, { slug }),
    readForPage(getChangelog, { slug }),
    guideOf(slug, query.get("edit")),
  ]);
  const isForm = guide !== undefined || query.has("new");
  return (
    <div className="grid gap-8">
      <PageHeader
        crumbs={[
          { label: uiText.admin, href: "/admin" },
          { label: apisText.title, href: "/admin/apis" },
          { label: api.name, href: `/admin/apis/${slug}` },
          ...(isForm ? [{ label: text.manage, href: base }] : []),
        ]}
        title={guide ? text.edit(guide.title) : isForm ? text.add : text.manage}
        facts={isForm ? null : text.facts}
      />
      {isForm ? (
        <div className="grid max-w-3xl gap-8">
          <GuideForm key={guide?.slug ?? ""} slug={slug} save={saveGuide} {...(guide && { guide })} />
          {guide ? (
            <div>
              <ConfirmButton
                variant="danger"
                label={text.remove}
                title={text.removeTitle(guide.title)}
                confirm={text.removeConfirm}
                action={deleteGuide.bind(null, { slug, guide: guide.slug })}
                goTo={base}
              >
                <p>{text.removeEffect}</p>
              </ConfirmButton>
            </div>
          ) : null}
        </div>
      ) : (
        <>
          <Section
            title={text.title}
            actions={
              <ButtonLink href={`${base}?new=1`}>
                <Plus aria-hidden />
                {text.add}
              </ButtonLink>
            }
          >
            <Card flush={items.length > 0}>
              {items.length === 0 ? (
                <p className="text-muted">{text.none}</p>
              ) : (
                <ul className="divide-y divide-border">
                  {items.map((item) => (
                    <li key={item.slug} className="flex items-center justify-between gap-3 px-5 py-2.5">
                      <span className="min-w-0">
                        <span className="block">{item.title}</span>
                        <span className="font-mono text-xs text-muted">{item.slug}</span>
                      </span>
                      <span className="flex gap-2">
                        <ButtonLink href={guideHref(slug, item.slug)} size="sm">
                          {text.view}
                        </ButtonLink>
                        <ButtonLink
                          href={`${base}?edit=${item.slug}`}
                          size="sm"
                          aria-label={text.edit(item.title)}
                        >
                          {text.editLabel}
                        </ButtonLink>
                      </span>
                    </li>
                  ))}
                </ul>
              )}
            </Card>
          </Section>
          <Section title={text.changelog}>
            <ChangelogForm slug={slug} body={changelog.body} save={saveChangelog} />
          </Section>
        </>
      )}
    </div>
  );
}
