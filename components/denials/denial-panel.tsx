"use client";

import { useSearchParams } from "next/navigation";
import { useState } from "react";
import type { DenialPage } from "#domain/keys/denials/schema.ts";
import { EmptyState } from "../ui/empty.tsx";
import { NewestList } from "../ui/newest-list.tsx";
import { FormattedNumber } from "../ui/number.tsx";
import { RANGE_TEXT } from "../ui/range-text.ts";
import { withParams } from "../ui/url-state.ts";
import { useStablePage } from "../ui/use-stable-page.ts";
import { DenialFilters } from "./denial-filters.tsx";
import { DENIAL_LIST, type DenialState, readDenialState } from "./denial-state.ts";
import { DenialTable } from "./denial-table.tsx";
import { denialsText } from "./text.ts";
import { REFRESH_MS, useDenials } from "./use-denials.ts";

interface DenialPanelProps {
  projectId: string;
  /** Shows only this key, without a choice of keys. */
  keyId?: string;
  /** The keys to choose from. */
  keys: { id: string; name: string }[];
  mayChange: boolean;
  /** Which details are kept. */
  kept: string;
  /** What the server has read for the URL, so that the first render has rows. */
  initial: { state: DenialState; page: DenialPage };
}

/** The latest denied requests. The list is refreshed automatically; the URL holds its filters. */
export function DenialPanel({ projectId, keyId, keys, mayChange, kept, initial }: DenialPanelProps) {
  const search = useSearchParams();
  const fromUrl = readDenialState(search);
  const state = keyId ? { ...fromUrl, key: keyId } : fromUrl;
  const { data: latest, isFailing, isStale } = useDenials({ projectId, state, initial });
  const [openId, setOpenId] = useState<string | null>(null);
  const { shown, waiting, showLatest } = useStablePage(latest, openId !== null, DENIAL_LIST.href("", state));
  const base = withParams("", [["tab", search.get("tab") ?? undefined]]);
  const hrefOf = (change: Partial<DenialState>) => DENIAL_LIST.href(base, fromUrl, change);
  const showWaiting = () => {
    setOpenId(null);
    showLatest();
  };
  return (
    <div className="grid gap-4">
      <DenialFilters state={state} keys={keyId ? [] : keys} hrefOf={hrefOf} />
      <NewestList
        intro={
          <p>
            <FormattedNumber value={latest.total} unit={denialsText.unit} className="font-semibold" />{" "}
            {denialsText.inRange(RANGE_TEXT[state.range].phrase)}{" "}
            <span className="text-sm text-muted">{kept}</span>
          </p>
        }
        updates={state.cursor ? null : { isFailing, refreshMs: REFRESH_MS }}
        isStale={isStale}
        newRows={waiting > 0 ? { label: denialsText.showNew(waiting), show: showWaiting } : null}
        noun={denialsText.list}
        firstHref={state.cursor ? hrefOf({ cursor: undefined }) : null}
        nextHref={shown.nextCursor ? hrefOf({ cursor: shown.nextCursor }) : null}
      >
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
      </NewestList>
    </div>
  );
}

function NoDenials({ filtered, total }: { filtered: boolean; total: number }) {
  const { title, body } =
    total > 0 ? denialsText.empty.unkept : filtered ? denialsText.empty.filtered : denialsText.empty.none;
  return <EmptyState title={title}>{body}</EmptyState>;
}
