import { RefusalTab } from "#components/keys/key-tabs.tsx";
import { type RefusalView, refusalViewOf } from "#components/refusals/address.ts";
import { listKeys } from "#domain/keys/list.ts";
import { listKeysSchema } from "#domain/keys/schemas.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { readRefusals } from "./read.ts";

interface RefusalsProps {
  projectId: string;
  keyId?: string;
  mayChange: boolean;
  search: URLSearchParams;
}

/** So many keys can be chosen from; any other is reached from its own page. */
const KEYS_MOST = 200;

/** The refusals of a project, or of one key. */
export async function Refusals({ projectId, keyId, mayChange, search }: RefusalsProps) {
  const view: RefusalView = { ...refusalViewOf(search), ...(keyId && { keyId }) };
  const byName = listKeysSchema.parse({ projectId, sort: "name", limit: KEYS_MOST });
  const [page, keys, { now }] = await Promise.all([
    readForPage(readRefusals, { projectId, view }),
    keyId ? { items: [] } : readForPage(listKeys, byName),
    pageCtx(),
  ]);
  return (
    <RefusalTab
      projectId={projectId}
      keyId={keyId}
      keys={keys.items.map(({ id, name }) => ({ id, name }))}
      mayChange={mayChange}
      initial={{ view, page, atMs: now() }}
    />
  );
}
