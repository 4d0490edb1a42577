"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import type { TopUsage } from "#domain/usage/schema.ts";
import { spanName } from "../charts/time-labels.ts";
import { ButtonLink } from "../ui/button.tsx";
import { RANGE_TEXT } from "../ui/range-text.ts";
import { useTimeZone } from "../ui/time.tsx";
import { NoUsage } from "./no-usage.tsx";
import { usageText } from "./text.ts";
import { TopLists } from "./top-lists.tsx";
import { Totals } from "./totals.tsx";
import { UsageCard } from "./usage-card.tsx";
import { UsageControls } from "./usage-controls.tsx";
import { UsageFilters } from "./usage-filters.tsx";
import { FILTER_NAMES, GROUP_NAMES, type PanelData, spanParams, type UsageView } from "./usage-state.ts";
import { usageHref, useTopUsage, useUsage, useUsageView } from "./use-usage.ts";

interface UsagePanelProps {
  projectId: string;
  /** Shows only this key. */
  keyId?: string;
  /** What the server has read for the URL, so that the first render has numbers. */
  initial: PanelData & { top: TopUsage };
}

/** Usage over time. The numbers are refreshed automatically; the URL holds the view. */
export function UsagePanel(props: UsagePanelProps) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <UsageContent {...props} />
    </QueryClientProvider>
  );
}

const OF_KEY = GROUP_NAMES.filter((group) => group !== "key" && group !== "externalId");

function UsageContent({ projectId, keyId, initial }: UsagePanelProps) {
  const state = useUsageView();
  const view = keyId === undefined ? state.view : { ...state.view, key: keyId };
  const query = { base: `/projects/${projectId}/usage`, view };
  const { data = initial, isPlaceholderData, isError } = useUsage({ ...query, initial });
  const { data: top } = useTopUsage<TopUsage>({
    ...query,
    initial:
      usageHref("top", query) === usageHref("top", { ...query, view: initial.view })
        ? initial.top
        : undefined,
  });
  const range = useRangeName(data.view, state.inUtc);
  const { usage, denied, names } = data;
  return (
    <div className="grid gap-4">
      <UsageControls
        {...state}
        groups={keyId === undefined ? GROUP_NAMES : OF_KEY}
        csvHref={usageHref("csv", query)}
      />
      <UsageFilters
        view={view}
        names={names}
        fixed={keyId === undefined ? [] : ["key"]}
        change={state.change}
      />
      <UsageCard
        data={data}
        asTable={state.asTable}
        inUtc={state.inUtc}
        isStale={isPlaceholderData}
        isFailing={isError}
        onNarrow={({ fromMs, toMs }) => state.change(spanParams({ from: fromMs, to: toMs }), "push")}
        totals={
          <Totals
            total={usage.total}
            denied={denied}
            range={range}
            previous={usage.previous === null ? null : usage.previous?.total}
            onDenied={
              view.outcome === undefined && view.code === undefined
                ? () => state.change({ outcome: "denied" }, "push")
                : undefined
            }
          />
        }
        empty={<Empty projectId={projectId} keyId={keyId} view={view} range={range} />}
      />
      {top ? <TopLists top={top} change={state.change} /> : null}
    </div>
  );
}

/** "the last 24 hours" or "Mon Nov 23". */
function useRangeName({ span, range }: UsageView, inUtc: boolean): string {
  const own = useTimeZone();
  return span ? spanName(span, inUtc ? "UTC" : own) : RANGE_TEXT[range].phrase;
}

function Empty({
  projectId,
  keyId,
  view,
  range,
}: {
  projectId: string;
  keyId: string | undefined;
  view: UsageView;
  range: string;
}) {
  const { empty } = usageText;
  const isFiltered = FILTER_NAMES.some((name) => name !== "key" && view[name] !== undefined);
  const isOfProject = keyId === undefined;
  const text = isFiltered ? empty.filtered : isOfProject ? empty.project : empty.key;
  const action = isOfProject ? (
    <ButtonLink href={`/projects/${projectId}/keys`}>{empty.viewKeys}</ButtonLink>
  ) : (
    <ButtonLink href="/apis">{empty.viewApis}</ButtonLink>
  );
  return (
    <NoUsage range={range} action={isFiltered ? null : action}>
      {text}
    </NoUsage>
  );
}
