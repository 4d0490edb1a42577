import type { Metadata } from "next";
import { projectApisText } from "#components/projects/text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { FactLine, PageHeader } from "#components/ui/page-header.tsx";
import { listProjectApisForPage } from "#domain/catalog/enablement/list.ts";
import type { ProjectApi } from "#domain/catalog/enablement/schema.ts";
import { listSubscriptions } from "#domain/plans/read-subscription.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { projectOf } from "../project.ts";
import { ApiRow } from "./api-row.tsx";
import { type ApiTraffic, readApiTraffic } from "./traffic.ts";

export const metadata: Metadata = { title: "APIs" };

export default async function ProjectApisPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  const [project, { items, total }, plans, { actor }] = await Promise.all([
    projectOf(projectId),
    readForPage(listProjectApisForPage, { projectId }),
    readForPage(listSubscriptions, { projectId }),
    pageCtx(),
  ]);
  const traffic = await readTraffic(projectId, items);
  const enabled = items.filter((api) => api.status === "enabled");
  const others = items.filter((api) => api.status !== "enabled").sort((a, b) => rank(a) - rank(b));
  const rowOf = (api: ProjectApi) => (
    <ApiRow
      key={api.slug}
      projectId={projectId}
      api={api}
      traffic={traffic.get(api.slug) ?? null}
      mayChange={project.role !== "viewer"}
      subscription={plans.items.find((one) => one.api.slug === api.slug)}
    />
  );
  return (
    <div className="grid gap-8">
      <PageHeader
        crumbs={[{ label: project.name, href: `/projects/${projectId}` }]}
        title={projectApisText.title}
        facts={
          <FactLine
            items={[
              { key: "enabled", value: projectApisText.enabledCount(enabled.length) },
              { key: "all", value: projectApisText.availableCount(total - enabled.length) },
            ]}
          />
        }
      />
      {items.length === 0 ? (
        <NoApis admin={actor.kind === "user" && actor.siteRole === "admin"} />
      ) : (
        <>
          <Section title={projectApisText.enabled.title} description={projectApisText.enabled.description}>
            <Card flush>
              {enabled.length > 0 ? (
                <ul>{enabled.map(rowOf)}</ul>
              ) : (
                <EmptyState className="py-8!" title={projectApisText.enabled.none}>
                  {projectApisText.enabled.noneBody}{" "}
                  <code className="font-mono text-sm">API_NOT_ENABLED</code>.
                </EmptyState>
              )}
            </Card>
          </Section>
          {others.length > 0 ? (
            <Section title={projectApisText.available}>
              <Card flush>
                <ul>{others.map(rowOf)}</ul>
              </Card>
            </Section>
          ) : null}
        </>
      )}
    </div>
  );
}

const ORDER: ProjectApi["status"][] = ["pending", "declined", null];

/** APIs that wait for a decision come first. */
function rank(api: ProjectApi): number {
  return ORDER.indexOf(api.status);
}

async function readTraffic(projectId: string, apis: ProjectApi[]): Promise<Map<string, ApiTraffic>> {
  const enabled = apis.filter((api) => api.status === "enabled");
  const traffic = await Promise.all(
    enabled.map(async ({ slug }) => [slug, await readForPage(readApiTraffic, { projectId, slug })] as const),
  );
  return new Map(traffic);
}

function NoApis({ admin }: { admin: boolean }) {
  return (
    <Card flush>
      <EmptyState
        title={projectApisText.empty.title}
        action={
          admin ? (
            <ButtonLink href="/admin/apis/new" variant="primary">
              {projectApisText.empty.add}
            </ButtonLink>
          ) : null
        }
      >
        {admin ? projectApisText.empty.admin : projectApisText.empty.user}
      </EmptyState>
    </Card>
  );
}
