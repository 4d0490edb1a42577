"use client";

import { useSearchParams } from "next/navigation";
import { useState } from "react";
import type { RequestPage } from "#domain/usage/requests/schema.ts";
import { EmptyState } from "../ui/empty.tsx";
import { Link } from "../ui/link.tsx";
import { NewestList } from "../ui/newest-list.tsx";
import { withParams } from "../ui/url-state.ts";
import { useStablePage } from "../ui/use-stable-page.ts";
import { RequestFilters } from "./request-filters.tsx";
import { REQUEST_LIST, type RequestState } from "./request-state.ts";
import { RequestTable } from "./request-table.tsx";
import { requestsText as text } from "./text.ts";
import { REFRESH_MS, useRequests } from "./use-requests.ts";

interface RequestPanelProps {
  projectId: string;
  /** Shows only this key, without a choice of keys. */
  keyId?: string;
  /** The keys to choose from. */
  keys: { id: string; name: string }[];
  /** The APIs to choose from. */
  apis: { slug: string; name: string }[];
  /** What the server has read for the URL, so that the first render has rows. */
  initial: { state: RequestState; page: RequestPage };
}

/** The newest requests. The list is refreshed automatically; the URL holds its filters. */
export function RequestPanel({ projectId, keyId, keys, apis, initial }: RequestPanelProps) {
  const search = useSearchParams();
  const fromUrl = REQUEST_LIST.read(search);
  const state = keyId ? { ...fromUrl, key: keyId } : fromUrl;
  const { data: latest, isFailing, isStale } = useRequests({ projectId, state, initial });
  const [openId, setOpenId] = useState<string | null>(null);
  const { shown, waiting, showLatest } = useStablePage(latest, openId !== null, REQUEST_LIST.href("", state));
  const base = withParams("", [["tab", search.get("tab") ?? undefined]]);
  const hrefOf = (change: Partial<RequestState>) => REQUEST_LIST.href(base || "?", fromUrl, change);
  const apiNames = new Map(apis.map(({ slug, name }) => [slug, name]));
  const keyPath = keyId === undefined ? "" : `/keys/${keyId}`;
  const { key: _, ...filters } = state;
  const isFiltered = REQUEST_LIST.isFiltered(keyId === undefined ? state : filters);
  const { title, body } = isFiltered ? text.empty.filtered : text.empty.none;
  const showWaiting = () => {
    setOpenId(null);
    showLatest();
  };
  return (
    <div className="grid gap-4">
      <RequestFilters
        // Only the URL's filters can be cleared.
        state={fromUrl}
        keys={keyId ? [] : keys}
        apis={apis}
        hrefOf={hrefOf}
      />
      <NewestList
        intro={
          <p className="max-w-prose text-sm text-muted">
            {text.kept}{" "}
            <Link href={`/projects/${projectId}${keyPath || "/usage"}`} className="underline hover:text-ink">
              {text.usage}
            </Link>
          </p>
        }
        updates={state.cursor ? null : { isFailing, refreshMs: REFRESH_MS }}
        isStale={isStale}
        newRows={waiting > 0 ? { label: text.showNew(waiting), show: showWaiting } : null}
        noun={text.list}
        firstHref={state.cursor ? hrefOf({ cursor: undefined }) : null}
        nextHref={shown.nextCursor ? hrefOf({ cursor: shown.nextCursor }) : null}
      >
        {shown.items.length > 0 ? (
          <RequestTable
            items={shown.items}
            projectId={projectId}
            withKeys={keyId === undefined}
            apiNames={apiNames}
            openId={openId}
            onOpen={setOpenId}
          />
        ) : (
          <EmptyState title={title}>{body}</EmptyState>
        )}
      </NewestList>
    </div>
  );
}
