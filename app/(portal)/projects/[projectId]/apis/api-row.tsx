import Link from "next/link";
import type { ReactNode } from "react";
import { AccessBadge, AccessStatusDot } from "#components/apis/access.tsx";
import { ActionButton } from "#components/forms/action-button.tsx";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { formatNumber } from "#components/ui/format.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import type { ProjectApi } from "#domain/catalog/enablement/types.ts";
import { disableApi, enableApi } from "./actions.ts";
import type { Reach } from "./reach.ts";

interface ApiRowProps {
  projectId: string;
  api: ProjectApi;
  /** Null where the API is not enabled. */
  reach: Reach | null;
  mayChange: boolean;
}

/** One API of the catalogue as it stands with the project, and what can be done about it. */
export function ApiRow({ projectId, api, reach, mayChange }: ApiRowProps) {
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
        <State api={api} reach={reach} />
      </div>
      {mayChange ? <Actions projectId={projectId} api={api} reach={reach} /> : null}
    </li>
  );
}

function State({ api, reach }: { api: ProjectApi; reach: Reach | null }): ReactNode {
  if (api.status === "declined") {
    return (
      <p className="text-sm text-muted">
        {api.message ? (
          <>
            An administrator said: <q className="text-ink">{api.message}</q>
          </>
        ) : (
          "An administrator declined and gave no reason. "
        )}{" "}
        {api.decidedAt ? <RelativeTime at={api.decidedAt} /> : null}
      </p>
    );
  }
  if (api.status === "pending") {
    return (
      <p className="text-sm text-muted">
        Asked {api.requestedAt ? <RelativeTime at={api.requestedAt} /> : null}. Until an administrator
        decides, this project's keys are refused there.
      </p>
    );
  }
  if (reach) return <p className="text-sm text-muted">{reachWords(reach)}</p>;
  return <p className="line-clamp-2 text-sm text-muted">{api.description || "No description."}</p>;
}

/** "1 240 checks in the last 24 hours, by 3 keys" */
function reachWords({ checks, keys }: Reach): string {
  if (checks === 0) return "No valid checks in the last 24 hours.";
  return `${formatNumber(checks)} valid check${checks === 1 ? "" : "s"} in the last 24 hours, by ${keys} key${keys === 1 ? "" : "s"}.`;
}

function Actions({ projectId, api, reach }: Omit<ApiRowProps, "mayChange">) {
  const input = { projectId, slug: api.slug };
  if (api.status === "enabled") {
    return (
      <ConfirmButton
        size="sm"
        label="Disable…"
        about={`Disable ${api.name}…`}
        title={`Disable ${api.name} for this project?`}
        confirm="Disable API"
        action={disableApi.bind(null, input)}
      >
        {reach ? <p className="font-medium text-ink">{reachWords(reach)}</p> : null}
        <p>
          Within a second, every key of this project is refused there with{" "}
          <code className="font-mono">API_NOT_ENABLED</code>.
          {api.access === "approval"
            ? " Enabling it again needs an administrator's approval."
            : " It can be enabled again at any time."}
        </p>
      </ConfirmButton>
    );
  }
  if (api.status === "pending") {
    return (
      <ActionButton
        size="sm"
        about={`Take back the request for ${api.name}`}
        action={disableApi.bind(null, input)}
      >
        Take back
      </ActionButton>
    );
  }
  const asks = api.access === "approval";
  const words = api.status === "declined" ? "Ask again" : asks ? "Ask for access" : "Enable";
  return (
    <ActionButton
      size="sm"
      about={asks ? `${words}: ${api.name}` : `Enable ${api.name}`}
      action={enableApi.bind(null, input)}
    >
      {words}
    </ActionButton>
  );
}
