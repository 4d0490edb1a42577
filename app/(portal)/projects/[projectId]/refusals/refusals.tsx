import { type RefusalView, refusalViewOf } from "#components/denials/address.ts";
import { RefusalTab } from "#components/keys/key-tabs.tsx";
import { listKeyNames } from "#domain/keys/names.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { readRefusals } from "./read.ts";

interface RefusalsProps {
  projectId: string;
  keyId?: string;
  mayChange: boolean;
  search: URLSearchParams;
}

/** The refusals of a project, or of one key. */
export async function Refusals({ projectId, keyId, mayChange, search }: RefusalsProps) {
  const view: RefusalView = { ...refusalViewOf(search), ...(keyId && { keyId }) };
  const [page, keys, { now }] = await Promise.all([
    readForPage(readRefusals, { projectId, view }),
    keyId ? { items: [] } : readForPage(listKeyNames, { projectId }),
    pageCtx(),
  ]);
  return (
    <RefusalTab
      projectId={projectId}
      keyId={keyId}
      keys={keys.items}
      mayChange={mayChange}
      initial={{ view, page, atMs: now() }}
    />
  );
}
