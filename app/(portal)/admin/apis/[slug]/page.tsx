import type { Metadata } from "next";
import { cache } from "react";
import { guidesText } from "#components/apis/admin-text.ts";
import { ApiForm } from "#components/apis/api-form.tsx";
import { Audience } from "#components/apis/audience.tsx";
import { FollowedDocument } from "#components/apis/followed-document.tsx";
import { apisText } from "#components/apis/text.ts";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { plansText } from "#components/plans/text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { uiText } from "#components/ui/text.ts";
import { getApiForPage } from "#domain/catalog/apis/list.ts";
import type { Api } from "#domain/catalog/apis/schema.ts";
import { getApiAudience } from "#domain/catalog/apis/visibility.ts";
import { getFollowedDocument } from "#domain/catalog/followed-documents/follow.ts";
import { readForPage } from "#server/page.ts";
import {
  applyFollowedDocument,
  checkFollowedDocument,
  declineFollowedDocument,
  deleteApi,
  followDocument,
  setApiAudience,
  unfollowDocument,
  updateApi,
} from "../../actions.ts";

const MAX_ROWS = 300;

const { admin: text } = apisText;

interface EditApiPageProps {
  params: Promise<{ slug: string }>;
}

const apiOf = cache((slug: string) => readForPage(getApiForPage, { slug, maxOperations: MAX_ROWS }));

export async function generateMetadata({ params }: EditApiPageProps): Promise<Metadata> {
  return { title: (await apiOf((await params).slug)).name };
}

export default async function EditApiPage({ params }: EditApiPageProps) {
  const { slug } = await params;
  const [api, audience, followed] = await Promise.all([
    apiOf(slug),
    readForPage(getApiAudience, { slug }),
    readForPage(getFollowedDocument, { slug }),
  ]);
  return (
    <div className="grid gap-8">
      <PageHeader
        crumbs={[
          { label: uiText.admin, href: "/admin" },
          { label: apisText.title, href: "/admin/apis" },
        ]}
        title={api.name}
        facts={<span className="font-mono text-sm">{api.slug}</span>}
        actions={
          <>
            <ButtonLink href={`/admin/apis/${api.slug}/plans`}>{plansText.manage}</ButtonLink>
            <ButtonLink href={`/admin/apis/${api.slug}/guides`}>{guidesText.manage}</ButtonLink>
            <ButtonLink href={`/apis/${api.slug}`}>{text.view}</ButtonLink>
          </>
        }
      />
      <ApiForm
        // More rows would slow the page down, and nobody edits them by hand.
        api={api.operations.length < api.operationCount ? { ...api, operations: [] } : api}
        operationCount={api.operationCount}
        save={updateApi}
      />
      <FollowedDocument
        slug={api.slug}
        followed={followed}
        actions={{
          follow: followDocument,
          check: checkFollowedDocument,
          unfollow: unfollowDocument,
          apply: applyFollowedDocument,
          decline: declineFollowedDocument,
        }}
      />
      <Audience
        projects={audience.items}
        inForce={api.visibility === "projects"}
        save={setApiAudience.bind(null, api.slug)}
      />
      <DeleteApi api={api} />
    </div>
  );
}

function DeleteApi({ api }: { api: Api }) {
  return (
    <Section title={text.remove.section}>
      <Card className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-bad/40">
        <p className="max-w-xl text-muted">{text.remove.description}</p>
        <ConfirmButton
          variant="danger"
          label={text.remove.label}
          title={text.remove.title(api.name)}
          confirm={text.remove.confirm}
          typeToConfirm={api.slug}
          action={deleteApi.bind(null, { slug: api.slug })}
          goTo="/admin/apis"
        >
          <p>{text.remove.effect}</p>
        </ConfirmButton>
      </Card>
    </Section>
  );
}
