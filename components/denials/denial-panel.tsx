"use client";

import { useSearchParams } from "next/navigation";
import { useState } from "react";
import type { DenialPage } from "#domain/keys/denials/schema.ts";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { FormattedNumber } from "../ui/number.tsx";
import { Pagination } from "../ui/pagination.tsx";
import { UpdatingStatus } from "../ui/updating-status.tsx";
import { withParams } from "../ui/url-state.ts";
import { useStablePage } from "../ui/use-stable-page.ts";
import { DenialFilters } from "./denial-filters.tsx";
import { DENIAL_LIST, type DenialState, readDenialState } from "./denial-state.ts";
import { DenialTable } from "./denial-table.tsx";
import { denialsText, RANGE_TEXT } from "./text.ts";
import { REFRESH_MS, useDenials } from "./use-denials.ts";

interface DenialPanelProps {
  projectId: string;
  /** Shows only this key, without a choice of keys. */
  keyId?: string;
  /** The keys to choose from. */
  keys: { id: string; name: string }[];
  mayChange: boolean;
  /** What the server has read for the URL, so that the first render has rows. */
  initial: { state: DenialState; page: DenialPage };
}

/** The latest denied requests. The list is refreshed automatically; the URL holds its filters. */
export function DenialPanel({ projectId, keyId, keys, mayChange, initial }: DenialPanelProps) {
  const search = useSearchParams();
  const fromUrl = readDenialState(search);
  const state = keyId ? { ...fromUrl, key: keyId } : fromUrl;
  const { data: latest, isFailing, isStale } = useDenials({ projectId, state, initial });
  const [openId, setOpenId] = useState<string | null>(null);
  const { shown, waiting, showLatest } = useStablePage(latest, openId !== null, DENIAL_LIST.href("", state));
  const base = withParams("", [["tab", search.get("tab") ?? undefined]]);
  const hrefOf = (change: Partial<DenialState>) => DENIAL_LIST.href(base, fromUrl, change);
  return (
    <div className="grid gap-4">
      <DenialFilters state={state} keys={keyId ? [] : keys} hrefOf={hrefOf} />
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <p>
          <FormattedNumber value={latest.total} unit={denialsText.unit} className="font-semibold" />{" "}
          {denialsText.inRange(RANGE_TEXT[state.range].phrase)}{" "}
          <span className="text-sm text-muted">{denialsText.kept}</span>
        </p>
        {state.cursor ? null : <UpdatingStatus failing={isFailing} refreshMs={REFRESH_MS} />}
      </div>
      {waiting > 0 ? (
        <button
          type="button"
          onClick={() => {
            setOpenId(null);
            showLatest();
          }}
          className="rounded border border-border bg-raised px-3 py-1.5 text-sm font-medium text-accent hover:bg-hover"
        >
          {denialsText.showNew(waiting)}
        </button>
      ) : null}
      <Card flush className={isStale ? "opacity-60 transition-opacity" : undefined}>
        {shown.items.length > 0 ? (
          <DenialTable
            items={shown.items}
            projectId={projectId}
            withKeys={keyId === undefined}
            mayChange={mayChange}
            openId={openId}
            onOpen={setOpenId}
          />
        ) : (
          <NoDenials
            filtered={state.code !== undefined || (keyId === undefined && state.key !== undefined)}
            total={latest.total}
          />
        )}
      </Card>
      <Pagination
        noun={denialsText.list}
        shown={null}
        firstHref={state.cursor ? hrefOf({ cursor: undefined }) : null}
        nextHref={shown.nextCursor ? hrefOf({ cursor: shown.nextCursor }) : null}
      />
    </div>
  );
}

function NoDenials({ filtered, total }: { filtered: boolean; total: number }) {
  const { title, body } =
    total > 0 ? denialsText.empty.unkept : filtered ? denialsText.empty.filtered : denialsText.empty.none;
  return <EmptyState title={title}>{body}</EmptyState>;
}
