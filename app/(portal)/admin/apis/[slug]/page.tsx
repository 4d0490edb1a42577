import type { Metadata } from "next";
import { ApiForm } from "#components/apis/api-form.tsx";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { getApiForPage } from "#domain/catalog/apis/get.ts";
import type { Api } from "#domain/catalog/apis/types.ts";
import { readForPage } from "#server/page.ts";
import { deleteApi, updateApi } from "../actions.ts";

const MAX_ROWS = 300;

export const metadata: Metadata = { title: "Edit an API" };

export default async function EditApiPage({ params }: { params: Promise<{ slug: string }> }) {
  const api = await readForPage(getApiForPage, {
    slug: (await params).slug,
    maxOperations: MAX_ROWS,
  });
  return (
    <div className="grid gap-8">
      <PageHeader
        crumbs={[
          { label: "Admin", href: "/admin" },
          { label: "APIs", href: "/admin/apis" },
        ]}
        title={api.name}
        facts={<span className="font-mono text-sm">{api.slug}</span>}
        actions={<ButtonLink href={`/apis/${api.slug}`}>In the catalogue</ButtonLink>}
      />
      <ApiForm
        // More rows than anybody edits by hand would only slow the page down.
        api={api.operations.length < api.operationCount ? { ...api, operations: [] } : api}
        operationCount={api.operationCount}
        save={updateApi}
      />
      <DeleteApi api={api} />
    </div>
  );
}

function DeleteApi({ api }: { api: Api }) {
  return (
    <Section title="Take it out of the catalogue">
      <Card className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-bad/40">
        <p className="max-w-xl text-muted">
          Every project loses it, and checks that name it are answered 404. Refused while a service token is
          bound to it.
        </p>
        <ConfirmButton
          variant="danger"
          label="Delete API…"
          title={`Delete ${api.name} from the catalogue?`}
          confirm="Delete API"
          typeToConfirm={api.slug}
          action={deleteApi.bind(null, { slug: api.slug })}
          goTo="/admin/apis"
        >
          <p>Projects that enabled it would have to enable it again if it came back. This can't be undone.</p>
        </ConfirmButton>
      </Card>
    </Section>
  );
}
