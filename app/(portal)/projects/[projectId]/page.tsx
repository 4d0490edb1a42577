import type { Metadata } from "next";
import { GetStarted, type StartSteps } from "#components/projects/get-started.tsx";
import {
  ApisPanel,
  KeysPanel,
  QuotaPanel,
  RecentKeysPanel,
  RequestsPanel,
} from "#components/projects/overview.tsx";
import { projectsText } from "#components/projects/text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { FactLine, PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { DAY_MS } from "#core/time.ts";
import { listProjectApisForPage } from "#domain/catalog/enablement/list.ts";
import { readFirstCalls } from "#domain/catalog/reference/first-call.ts";
import { countKeys } from "#domain/keys/count.ts";
import { readLimitMeters } from "#domain/keys/limits/meters.ts";
import { listKeys } from "#domain/keys/list.ts";
import { listKeysSchema } from "#domain/keys/schema.ts";
import type { ProjectDetail } from "#domain/projects/schema.ts";
import { hasTriedKey } from "#domain/projects/tried-keys.ts";
import { projectSparklines } from "#domain/usage/project-sparklines.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { enableApi } from "../actions.ts";
import { planNames, projectOf } from "./project.ts";

interface OverviewProps {
  params: Promise<{ projectId: string }>;
}

const SHOWN = 5;
const SOON_MS = 14 * DAY_MS;
const { overview: text } = projectsText;

export async function generateMetadata({ params }: OverviewProps): Promise<Metadata> {
  return { title: (await projectOf((await params).projectId)).name };
}

function owns({ owners }: ProjectDetail, userId: string): boolean {
  return owners.some(({ id }) => id === userId);
}

/** A project at a glance: requests, keys and APIs, and the next steps while it is new. */
export default async function Overview({ params }: OverviewProps) {
  const { projectId } = await params;
  const keysBy = (sort: string, status?: string) =>
    readForPage(listKeys, listKeysSchema.parse({ projectId, sort, status, limit: SHOWN }));
  const [project, counts, apis, used, expiring, weeks, meters, plans, tried, { actor, now, settings }] =
    await Promise.all([
      projectOf(projectId),
      readForPage(countKeys, { projectId }),
      readForPage(listProjectApisForPage, { projectId }),
      keysBy("-lastUsedAt"),
      keysBy("expiresAt", "active"),
      readForPage(projectSparklines, { projectIds: [projectId] }),
      readForPage(readLimitMeters, { projectId }),
      planNames(projectId),
      readForPage(hasTriedKey, { projectId }),
      pageCtx(),
    ]);
  // Administrators have the rights of an owner in every project.
  const isAdmin = actor.kind === "user" && actor.siteRole === "admin";
  const isMember = !isAdmin || owns(project, actor.userId);
  const nowMs = now();
  const week = weeks[projectId] ?? [];
  const mayChange = project.role !== "viewer";
  const hasRequest =
    week.some((day) => day.valid + day.denied > 0) || used.items.some((key) => key.lastUsedAt !== null);
  const done: StartSteps = {
    api: apis.items.some((api) => api.status === "enabled"),
    key: counts.active + counts.disabled + counts.expired + counts.revoked > 0,
    tried: hasRequest || tried,
    request: hasRequest,
  };
  const isNew = !(done.api && done.key && done.request);
  const calls = isNew && done.key ? await readForPage(readFirstCalls, { projectId }) : [];
  return (
    <div className="grid gap-6">
      <PageHeader
        title={project.name}
        facts={
          <FactLine
            items={[
              { key: "role", value: text.role(text.roles[isMember ? project.role : "admin"]) },
              {
                key: "created",
                value: (
                  <>
                    {text.created}
                    <RelativeTime at={project.createdAt} />
                  </>
                ),
              },
            ]}
          />
        }
        actions={
          mayChange && !isNew ? (
            <ButtonLink href={`/projects/${projectId}/keys?new=1`} variant="primary">
              {projectsText.start.key.action}
            </ButtonLink>
          ) : null
        }
      />
      {isNew ? (
        <GetStarted
          projectId={projectId}
          done={done}
          mayChange={mayChange}
          isAdmin={isAdmin}
          apis={apis.items}
          calls={calls}
          portalUrl={settings.url}
          enable={enableApi}
        />
      ) : null}
      <div className="grid gap-4 lg:grid-cols-[3fr_2fr]">
        {done.key ? <RequestsPanel projectId={projectId} week={week} nowMs={nowMs} /> : null}
        <KeysPanel
          projectId={projectId}
          counts={counts}
          expiring={expiring.items.filter(
            ({ expiresAt }) => expiresAt !== null && Date.parse(expiresAt) - nowMs < SOON_MS,
          )}
        />
        {done.key ? (
          <RecentKeysPanel
            projectId={projectId}
            keys={used.items.filter((key) => key.lastUsedAt !== null)}
            nowMs={nowMs}
          />
        ) : null}
        {meters.quotas.length > 0 ? (
          <QuotaPanel projectId={projectId} quotas={meters.quotas} plans={plans} />
        ) : null}
        <ApisPanel projectId={projectId} apis={apis.items} />
      </div>
    </div>
  );
}
