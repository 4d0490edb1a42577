"use client";

import { ButtonLink } from "../ui/button.tsx";
import { NoUsage } from "./no-usage.tsx";
import { rangeOf, STACKS } from "./ranges.ts";
import { Totals } from "./totals.tsx";
import type { PanelData } from "./types.ts";
import { UsageCard } from "./usage-card.tsx";
import { UsageControls } from "./usage-controls.tsx";
import { usageHref, useUsage } from "./use-usage.ts";
import { useView } from "./use-view.ts";

interface UsageViewProps {
  projectId: string;
  keyId?: string;
  initial: PanelData;
}

export function UsageView({ projectId, keyId, initial }: UsageViewProps) {
  const state = useView();
  const watched = { base: `/projects/${projectId}/usage`, keyId, view: state.view };
  const { data = initial, isPlaceholderData, isError } = useUsage({ ...watched, initial });
  const { words } = rangeOf(data.view.range);
  const stacks = STACKS.filter(({ value }) => keyId === undefined || value !== "key");
  return (
    <div className="grid gap-4">
      <UsageControls {...state} stacks={stacks} csvHref={usageHref("csv", watched)} />
      <UsageCard
        data={data}
        asTable={state.asTable}
        isStale={isPlaceholderData}
        isFailing={isError}
        totals={<Totals total={data.usage.total} refused={data.refused} words={words} />}
        empty={
          keyId === undefined ? (
            <NoUsage
              words={words}
              action={<ButtonLink href={`/projects/${projectId}/keys`}>To the keys</ButtonLink>}
            >
              Each time a service asks whether one of this project's keys may pass, it is counted here within
              seconds, whatever the answer.
            </NoUsage>
          ) : (
            <NoUsage words={words} action={<ButtonLink href="/apis">Find an API to call</ButtonLink>}>
              Each time a service asks whether this key may pass, it is counted here within seconds, whatever
              the answer.
            </NoUsage>
          )
        }
      />
    </div>
  );
}
