import { type DenialState, readDenialState } from "#components/denials/denial-state.ts";
import { denialsPageText } from "#components/denials/text.ts";
import { DenialsTab } from "#components/keys/key-tabs.tsx";
import { listKeyNames } from "#domain/keys/list.ts";
import { readForPage } from "#server/page.ts";
import { readDenials } from "./read.ts";

interface DenialsProps {
  projectId: string;
  keyId?: string;
  mayChange: boolean;
  search: URLSearchParams;
}

/** The denied requests of a project, or of one key. */
export async function Denials({ projectId, keyId, mayChange, search }: DenialsProps) {
  const state: DenialState = { ...readDenialState(search), ...(keyId && { key: keyId }) };
  const [page, keys] = await Promise.all([
    readForPage(readDenials, { projectId, state }),
    keyId ? { items: [] } : readForPage(listKeyNames, { projectId }),
  ]);
  return (
    <DenialsTab
      projectId={projectId}
      keyId={keyId}
      keys={keys.items}
      mayChange={mayChange}
      kept={denialsPageText.kept}
      initial={{ state, page }}
    />
  );
}
