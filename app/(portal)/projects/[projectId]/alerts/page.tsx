import type { Metadata } from "next";
import { AlertList } from "#components/alerts/alert-list.tsx";
import { NewAlert } from "#components/alerts/new-alert.tsx";
import { alertsText as text } from "#components/alerts/text.ts";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { listAlerts } from "#domain/notifications/alerts/manage.ts";
import { readForPage } from "#server/page.ts";
import { projectOf } from "../project.ts";
import { createAlert, deleteAlert, updateAlert } from "./actions.ts";

export const metadata: Metadata = { title: text.title };

interface AlertsPageProps {
  params: Promise<{ projectId: string }>;
}

/** The alerts of a project. Members see them, and owners change them. */
export default async function AlertsPage({ params }: AlertsPageProps) {
  const { projectId } = await params;
  const [project, { items }] = await Promise.all([
    projectOf(projectId),
    readForPage(listAlerts, { projectId }),
  ]);
  const canEdit = project.role === "owner";
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: project.name, href: `/projects/${projectId}` }]}
        title={text.title}
        facts={text.facts}
        actions={canEdit ? <NewLink>{text.new}</NewLink> : null}
      />
      <Card flush>
        {items.length > 0 ? (
          <AlertList alerts={items} canEdit={canEdit} update={updateAlert} remove={deleteAlert} />
        ) : (
          <EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>
        )}
      </Card>
      {canEdit ? <NewAlert projectId={projectId} create={createAlert} /> : null}
    </div>
  );
}
