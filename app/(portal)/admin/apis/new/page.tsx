import type { Metadata } from "next";
import { ApiForm } from "#components/apis/api-form.tsx";
import { apisText } from "#components/apis/text.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { uiText } from "#components/ui/text.ts";
import { createApi, createFollowedApi, previewDocumentAt } from "../../actions.ts";

const { admin: text } = apisText;

export const metadata: Metadata = { title: text.newTitle };

export default function NewApiPage() {
  return (
    <div className="grid gap-8">
      <PageHeader
        crumbs={[
          { label: uiText.admin, href: "/admin" },
          { label: apisText.title, href: "/admin/apis" },
        ]}
        title={text.newTitle}
        facts={text.newFacts}
      />
      <ApiForm save={createApi} byUrl={{ create: createFollowedApi, preview: previewDocumentAt }} />
    </div>
  );
}
