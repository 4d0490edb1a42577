import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ImportKeys } from "#components/import-keys/import-keys.tsx";
import { importText as text } from "#components/import-keys/text.ts";
import { keysText } from "#components/keys/text.ts";
import { Card, Fact, Facts, Section } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { FormattedNumber } from "#components/ui/number.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { IMPORT_FIELDS } from "#domain/keys/import/schema.ts";
import { getImportStatus } from "#domain/keys/import/status.ts";
import { readForPage } from "#server/page.ts";
import { projectOf } from "../../project.ts";
import { importKeys } from "./actions.ts";

export const metadata: Metadata = { title: text.title };

interface ImportPageProps {
  params: Promise<{ projectId: string }>;
}

/** Imports keys from a file, and shows which imported keys have been used since. */
export default async function ImportPage({ params }: ImportPageProps) {
  const { projectId } = await params;
  const [project, status] = await Promise.all([
    projectOf(projectId),
    readForPage(getImportStatus, { projectId }),
  ]);
  if (project.role === "viewer") notFound();
  const base = `/projects/${projectId}/keys`;
  const { imported, seen, waiting } = status;
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[
          { label: project.name, href: `/projects/${projectId}` },
          { label: keysText.title, href: base },
        ]}
        title={text.title}
        facts={text.facts}
      />
      {imported > 0 ? (
        <Section title={text.status.title} description={text.status.description}>
          <Card>
            <Facts>
              <Fact label={text.status.imported}>
                <FormattedNumber value={imported} />
              </Fact>
              <Fact label={text.status.seen}>
                <Link href={`${base}?imported=seen`} className="font-medium underline">
                  <FormattedNumber value={seen} />
                </Link>
              </Fact>
              <Fact label={text.status.unseen}>
                <Link href={`${base}?imported=unseen`} className="font-medium underline">
                  <FormattedNumber value={imported - seen} />
                </Link>
              </Fact>
              <Fact label={text.status.waiting}>
                <FormattedNumber value={waiting} />
              </Fact>
            </Facts>
          </Card>
        </Section>
      ) : null}
      <ImportKeys projectId={projectId} fields={IMPORT_FIELDS} send={importKeys} />
    </div>
  );
}
