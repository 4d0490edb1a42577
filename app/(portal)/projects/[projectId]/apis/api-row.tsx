import type { ReactNode } from "react";
import { AccessBadge, AccessStatusDot } from "#components/apis/access.tsx";
import { EnableButton, RequestButton } from "#components/apis/enable-button.tsx";
import { ActionButton } from "#components/forms/action-button.tsx";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { plansText } from "#components/plans/text.ts";
import { projectApisText } from "#components/projects/text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { ProjectApi } from "#domain/catalog/enablement/schema.ts";
import type { Subscription } from "#domain/plans/schema.ts";
import { disableApi, enableApi } from "../../actions.ts";
import type { ApiTraffic } from "./traffic.ts";

const { row } = plansText;

interface ApiRowProps {
  projectId: string;
  api: ProjectApi;
  /** Null when the API is not enabled. */
  traffic: ApiTraffic | null;
  mayChange: boolean;
  /** The project's plan; undefined if it has and requested none. */
  subscription: Subscription | undefined;
}

/** One API with its status for the project, and the buttons that change it. */
export function ApiRow({ projectId, api, traffic, mayChange, subscription }: ApiRowProps) {
  const planHref = `/projects/${projectId}/apis/${api.slug}/plan`;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-b border-border px-4 py-3 last:border-b-0 sm:px-5">
      <div className="min-w-0 flex-1 basis-72">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Link href={`/apis/${api.slug}`} className="rounded font-medium hover:underline">
            {api.name}
          </Link>
          {api.status === null ? (
            <AccessBadge access={api.access} />
          ) : (
            <AccessStatusDot status={api.status} />
          )}
        </div>
        <State api={api} traffic={traffic} />
        <Plan api={api} subscription={subscription} />
      </div>
      <div className="flex flex-wrap gap-2">
        {(api.hasPlans || subscription) && api.status === "enabled" ? (
          <ButtonLink href={planHref} size="sm" aria-label={row.viewLabel(api.name)}>
            {row.view}
          </ButtonLink>
        ) : null}
        {mayChange && api.hasPlans && (api.status === null || api.status === "declined") ? (
          <ButtonLink href={planHref} size="sm" aria-label={row.chooseLabel(api.name)}>
            {row.choose}
          </ButtonLink>
        ) : mayChange ? (
          <Actions projectId={projectId} api={api} traffic={traffic} subscription={subscription} />
        ) : null}
      </div>
    </li>
  );
}

function State({ api, traffic }: { api: ProjectApi; traffic: ApiTraffic | null }): ReactNode {
  if (api.status === "declined") {
    return (
      <p className="text-sm text-muted">
        {api.message ? (
          <>
            {projectApisText.declined} <q className="text-ink">{api.message}</q>
          </>
        ) : (
          projectApisText.declinedWithoutReason
        )}{" "}
        {api.decidedAt ? <RelativeTime at={api.decidedAt} /> : null}
      </p>
    );
  }
  if (api.status === "pending") {
    return (
      <p className="text-sm text-muted">
        {projectApisText.requested} {api.requestedAt ? <RelativeTime at={api.requestedAt} /> : null}.{" "}
        {projectApisText.pending}
        {api.reason ? (
          <>
            {" "}
            {projectApisText.reason} <q className="text-ink">{api.reason}</q>
          </>
        ) : null}
      </p>
    );
  }
  if (traffic)
    return <p className="text-sm text-muted">{projectApisText.traffic(traffic.requests, traffic.keys)}</p>;
  return (
    <p className="line-clamp-2 text-sm text-muted">{api.description || projectApisText.noDescription}</p>
  );
}

function Plan({ api, subscription }: Pick<ApiRowProps, "api" | "subscription">) {
  const { plan = null, next = null, request = null } = subscription ?? {};
  if (api.status !== "enabled" || (!api.hasPlans && plan === null)) return null;
  const { choose } = plansText;
  return (
    <p className="text-sm text-muted">
      {plan ? row.plan(plan.name) : row.without} {next ? choose.next(next.plan.name, next.startsAt) : null}{" "}
      {request?.status === "pending" ? choose.requested(request.plan.name) : null}
      {request?.status === "declined" ? choose.declined(request.plan.name) : null}
    </p>
  );
}

type ActionsProps = Pick<ApiRowProps, "projectId" | "api" | "traffic" | "subscription">;

function Actions({ projectId, api, traffic, subscription }: ActionsProps) {
  const input = { projectId, slug: api.slug };
  if (api.status === "enabled") {
    return (
      <ConfirmButton
        size="sm"
        label={projectApisText.disable}
        about={projectApisText.disableLabel(api.name)}
        title={projectApisText.disableTitle(api.name)}
        confirm={projectApisText.disableConfirm}
        action={disableApi.bind(null, input)}
      >
        {traffic ? (
          <p className="font-medium text-ink">{projectApisText.traffic(traffic.requests, traffic.keys)}</p>
        ) : null}
        <p>
          {projectApisText.disableBody} <code className="font-mono">API_NOT_ENABLED</code>.{" "}
          {api.access === "approval" ? projectApisText.enableNeedsApproval : projectApisText.enableAnyTime}
        </p>
        {subscription?.override ? <p>{plansText.choose.termsEnd}</p> : null}
      </ConfirmButton>
    );
  }
  if (api.status === "pending") {
    return (
      <ActionButton
        size="sm"
        about={projectApisText.cancelLabel(api.name)}
        action={disableApi.bind(null, input)}
      >
        {projectApisText.cancel}
      </ActionButton>
    );
  }
  return api.status === "declined" || api.access === "approval" ? (
    <RequestButton projectId={projectId} api={api} again={api.status === "declined"} enable={enableApi} />
  ) : (
    <EnableButton projectId={projectId} api={api} enable={enableApi} />
  );
}
