import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { FactLine, PageHeader } from "#components/ui/page-header.tsx";
import { listProjectApis } from "#domain/catalog/enablement/list.ts";
import type { ProjectApi } from "#domain/catalog/enablement/types.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { projectOf } from "../project.ts";
import { ApiRow } from "./api-row.tsx";
import { type Reach, readReach } from "./reach.ts";

export const metadata: Metadata = { title: "APIs" };

/** Which APIs the project's keys may call. */
export default async function ProjectApisPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  const [project, { items }, { actor }] = await Promise.all([
    projectOf(projectId),
    readForPage(listProjectApis, { projectId }),
    pageCtx(),
  ]);
  const reaches = await readReaches(projectId, items);
  const chosen = items.filter((api) => api.status !== null).sort((a, b) => rank(a) - rank(b));
  const others = items.filter((api) => api.status === null);
  const rowOf = (api: ProjectApi) => (
    <ApiRow
      key={api.slug}
      projectId={projectId}
      api={api}
      reach={reaches.get(api.slug) ?? null}
      mayChange={project.role !== "viewer"}
    />
  );
  const enabled = chosen.filter((api) => api.status === "enabled").length;
  return (
    <div className="grid gap-8">
      <PageHeader
        crumbs={[{ label: project.name, href: `/projects/${projectId}` }]}
        title="APIs"
        facts={
          <FactLine
            items={[
              { key: "enabled", value: `${enabled} enabled` },
              { key: "all", value: `${items.length} in the catalogue` },
            ]}
          />
        }
      />
      {items.length === 0 ? (
        <EmptyCatalogue admin={actor.kind === "user" && actor.siteRole === "admin"} />
      ) : (
        <>
          <Section
            title="Of this project"
            description="A key works only for APIs that its project has enabled."
          >
            <Card flush>
              {chosen.length > 0 ? (
                <ul>{chosen.map(rowOf)}</ul>
              ) : (
                <EmptyState className="py-8!" title="None yet">
                  Enable one below. Until then every check of this project's keys answers{" "}
                  <code className="font-mono text-sm">API_NOT_ENABLED</code>.
                </EmptyState>
              )}
            </Card>
          </Section>
          {others.length > 0 ? (
            <Section title="Also in the catalogue">
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

const ORDER = ["pending", "declined", "enabled"];

/** What waits for somebody comes first. */
function rank(api: ProjectApi): number {
  return ORDER.indexOf(api.status ?? "");
}

async function readReaches(projectId: string, apis: ProjectApi[]): Promise<Map<string, Reach>> {
  const enabled = apis.filter((api) => api.status === "enabled");
  const reaches = await Promise.all(
    enabled.map(async ({ slug }) => [slug, await readForPage(readReach, { projectId, slug })] as const),
  );
  return new Map(reaches);
}

function EmptyCatalogue({ admin }: { admin: boolean }) {
  return (
    <Card flush>
      <EmptyState
        title="The catalogue is empty"
        action={
          admin ? (
            <ButtonLink href="/admin/apis/new" variant="primary">
              Add an API
            </ButtonLink>
          ) : null
        }
      >
        {admin
          ? "Put the services of your organisation into it. Projects enable what they need, and their keys work there."
          : "An administrator puts the services of your organisation into it. Then you enable here what this project needs."}
      </EmptyState>
    </Card>
  );
}
