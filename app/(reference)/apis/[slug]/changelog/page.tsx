import type { Metadata } from "next";
import { GuidePage } from "#components/reference/guide-page.tsx";
import { changelogHref } from "#components/reference/links.ts";
import { referenceText as text } from "#components/reference/text.ts";
import { getChangelog } from "#domain/catalog/reference/guides.ts";
import { readReference } from "#domain/catalog/reference/read.ts";
import { isSignedIn, readForReader } from "#server/reader-page.ts";

export const metadata: Metadata = { title: text.changelog };

/** The changelog of an API. */
export default async function ChangelogPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const [changelog, reference, signedIn] = await Promise.all([
    readForReader(getChangelog, { slug }),
    readForReader(readReference, { slug }),
    isSignedIn(),
  ]);
  return (
    <GuidePage
      reference={reference}
      signedIn={signedIn}
      title={text.changelog}
      body={changelog.body || text.noChangelog}
      updatedAt={changelog.updatedAt}
      current={changelogHref(slug)}
    />
  );
}
