"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { ButtonLink } from "../ui/button.tsx";
import { NoUsage } from "./no-usage.tsx";
import { RANGE_TEXT, usageText } from "./text.ts";
import { Totals } from "./totals.tsx";
import { UsageCard } from "./usage-card.tsx";
import { UsageControls } from "./usage-controls.tsx";
import { GROUP_NAMES, type PanelData } from "./usage-state.ts";
import { usageHref, useUsage, useUsageView } from "./use-usage.ts";

interface UsagePanelProps {
  projectId: string;
  /** Shows only this key. */
  keyId?: string;
  /** What the server has read for the URL, so that the first render has numbers. */
  initial: PanelData;
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

function UsageContent({ projectId, keyId, initial }: UsagePanelProps) {
  const state = useUsageView();
  const query = { base: `/projects/${projectId}/usage`, keyId, view: state.view };
  const { data = initial, isPlaceholderData, isError } = useUsage({ ...query, initial });
  const range = RANGE_TEXT[data.view.range].phrase;
  return (
    <div className="grid gap-4">
      <UsageControls
        {...state}
        groups={keyId === undefined ? GROUP_NAMES : GROUP_NAMES.filter((group) => group !== "key")}
        csvHref={usageHref("csv", query)}
      />
      <UsageCard
        data={data}
        asTable={state.asTable}
        isStale={isPlaceholderData}
        isFailing={isError}
        totals={<Totals total={data.usage.total} denied={data.denied} range={range} />}
        empty={
          keyId === undefined ? (
            <NoUsage
              range={range}
              action={
                <ButtonLink href={`/projects/${projectId}/keys`}>{usageText.empty.viewKeys}</ButtonLink>
              }
            >
              {usageText.empty.project}
            </NoUsage>
          ) : (
            <NoUsage range={range} action={<ButtonLink href="/apis">{usageText.empty.viewApis}</ButtonLink>}>
              {usageText.empty.key}
            </NoUsage>
          )
        }
      />
    </div>
  );
}
