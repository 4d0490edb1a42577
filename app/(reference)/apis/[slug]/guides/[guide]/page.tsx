import type { Metadata } from "next";
import { GuidePage } from "#components/reference/guide-page.tsx";
import { guideHref } from "#components/reference/links.ts";
import { getGuide } from "#domain/catalog/reference/guides.ts";
import { readReference } from "#domain/catalog/reference/read.ts";
import { guideRefSchema } from "#domain/catalog/reference/schema.ts";
import { pageInput } from "#server/page.ts";
import { isSignedIn, readForReader } from "#server/reader-page.ts";

type Params = Promise<{ slug: string; guide: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const guide = await readForReader(getGuide, pageInput(guideRefSchema, await params));
  return { title: guide.title };
}

/** A guide beside the reference of an API. */
export default async function Guide({ params }: { params: Params }) {
  const input = pageInput(guideRefSchema, await params);
  const [guide, reference, signedIn] = await Promise.all([
    readForReader(getGuide, input),
    readForReader(readReference, { slug: input.slug }),
    isSignedIn(),
  ]);
  return (
    <GuidePage
      reference={reference}
      signedIn={signedIn}
      title={guide.title}
      body={guide.body}
      updatedAt={guide.updatedAt}
      current={guideHref(input.slug, input.guide)}
    />
  );
}
