import { RequestsTab } from "#components/keys/key-tabs.tsx";
import { REQUEST_LIST } from "#components/requests/request-state.ts";
import { listEnabledApis } from "#domain/catalog/enablement/enabled-apis.ts";
import { listKeyNames } from "#domain/keys/list.ts";
import { readForPage } from "#server/page.ts";
import { readRequests } from "./read.ts";

interface RequestsProps {
  projectId: string;
  keyId?: string;
  search: URLSearchParams;
}

/** The newest requests of a project, or of one key. */
export async function Requests({ projectId, keyId, search }: RequestsProps) {
  const state = { ...REQUEST_LIST.read(search), ...(keyId && { key: keyId }) };
  const [page, keys, apis] = await Promise.all([
    readForPage(readRequests, { projectId, state }),
    keyId ? { items: [] } : readForPage(listKeyNames, { projectId }),
    readForPage(listEnabledApis, { projectId, named: [] }),
  ]);
  return (
    <RequestsTab
      projectId={projectId}
      keyId={keyId}
      keys={keys.items}
      apis={apis.map(({ slug, name }) => ({ slug, name }))}
      initial={{ state, page }}
    />
  );
}
