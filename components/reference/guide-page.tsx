import type { ReferenceOverview } from "#domain/catalog/reference/overview.ts";
import type { GuideSummary } from "#domain/catalog/reference/schema.ts";
import { Markdown } from "../markdown/markdown.tsx";
import { formatDate } from "../ui/format-time.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { referenceHref } from "./links.ts";
import { ReferenceNav } from "./reference-nav.tsx";
import { referenceText as text } from "./text.ts";

interface GuidePageProps {
  reference: Pick<ReferenceOverview, "slug" | "name"> & { guides: GuideSummary[]; hasChangelog: boolean };
  signedIn: boolean;
  title: string;
  /** Markdown. */
  body: string;
  updatedAt: string | null;
  /** The path of the page. */
  current: string;
}

/** A Markdown page beside the reference of an API. */
export function GuidePage({ reference, signedIn, title, body, updatedAt, current }: GuidePageProps) {
  const { slug, name, guides, hasChangelog } = reference;
  return (
    <div className="grid gap-8">
      <PageHeader
        crumbs={[
          ...(signedIn
            ? [
                { label: text.apis, href: "/apis" },
                { label: name, href: `/apis/${slug}` },
              ]
            : []),
          { label: signedIn ? text.title : name, href: referenceHref(slug) },
        ]}
        title={title}
        facts={
          updatedAt === null ? null : (
            <span className="text-sm">{text.updated(formatDate(Date.parse(updatedAt), "UTC"))}</span>
          )
        }
      />
      <div className="grid items-start gap-8 lg:grid-cols-[12rem_minmax(0,1fr)]">
        <ReferenceNav slug={slug} guides={guides} hasChangelog={hasChangelog} current={current} />
        <article className="min-w-0 max-w-prose">
          <Markdown text={body} />
        </article>
      </div>
    </div>
  );
}
