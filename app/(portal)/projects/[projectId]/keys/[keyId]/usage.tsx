import { UsageTab } from "#components/keys/key-tabs.tsx";
import { readUsageView } from "#components/usage/usage-state.ts";

import { readForPage } from "#server/page.ts";
import { readUsagePage } from "../../usage/read.ts";

interface KeyUsageProps {
  projectId: string;
  keyId: string;
  search: URLSearchParams;
}

/** How one key is used. */
export async function KeyUsage({ projectId, keyId, search }: KeyUsageProps) {
  const initial = await readForPage(readUsagePage, {
    projectId,
    view: { ...readUsageView(search), key: keyId },
  });
  return <UsageTab projectId={projectId} keyId={keyId} initial={initial} />;
}
