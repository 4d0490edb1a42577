"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import type { SiteUsage } from "#domain/usage/schema.ts";
import { ButtonLink } from "../ui/button.tsx";
import { formatPerSecond } from "../ui/format.ts";
import { RANGE_TEXT } from "../ui/range-text.ts";
import { NoUsage } from "../usage/no-usage.tsx";
import { Stat, Totals } from "../usage/totals.tsx";
import { UsageCard } from "../usage/usage-card.tsx";
import { UsageControls } from "../usage/usage-controls.tsx";
import type { PanelData, UsageView } from "../usage/usage-state.ts";
import { usageHref, useUsage, useUsageView } from "../usage/use-usage.ts";
import { BusiestProjects } from "./busiest-projects.tsx";
import { DenialCodes } from "./denial-codes.tsx";
import { adminText } from "./text.ts";

const { usage: text } = adminText;

/** What the usage panel of the whole site shows at one moment. */
export interface SitePanelData extends PanelData, Pick<SiteUsage, "projects" | "now"> {}

/** The usage of the whole site. */
function SiteUsageView({ initial }: { initial: SitePanelData }) {
  const state = useUsageView();
  const view: UsageView = { range: state.view.range, by: "outcome" };
  const watched = { base: "/admin/usage", view };
  const { data = initial, isPlaceholderData, isError } = useUsage({ ...watched, initial });
  const range = RANGE_TEXT[data.view.range].phrase;
  return (
    <div className="grid gap-4">
      <UsageControls {...state} view={view} groups={[]} csvHref={usageHref("csv", watched)} />
      <UsageCard
        data={data}
        asTable={state.asTable}
        isStale={isPlaceholderData}
        isFailing={isError}
        totals={
          <Totals total={data.usage.total} denied={data.denied} range={range}>
            <Stat label={text.perSecond}>
              <span className="tabular-nums" data-tip={text.perSecondTip}>
                {formatPerSecond(data.now.checks)}
              </span>
            </Stat>
          </Totals>
        }
        empty={
          <NoUsage
            range={range}
            action={<ButtonLink href="/admin/service-tokens">{text.emptyAction}</ButtonLink>}
          >
            {text.empty}
          </NoUsage>
        }
      />
      {data.usage.total > 0 ? (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <DenialCodes series={data.usage.series} denied={data.denied} words={range} />
          <BusiestProjects projects={data.projects} range={data.view.range} words={range} />
        </div>
      ) : null}
    </div>
  );
}

/** The usage of the whole site, updated while the page is visible. */
export function SiteUsagePanel({ initial }: { initial: SitePanelData }) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <SiteUsageView initial={initial} />
    </QueryClientProvider>
  );
}
