"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import type { PanelData } from "./types.ts";
import { UsageView } from "./usage-view.tsx";

interface UsagePanelProps {
  projectId: string;
  /** Only this key's checks. */
  keyId?: string;
  /** What the server read for the page's address, so that the first look has numbers. */
  initial: PanelData;
}

/** Usage over time, moving by itself while it is watched. The address holds what is looked at. */
export function UsagePanel(props: UsagePanelProps) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <UsageView {...props} />
    </QueryClientProvider>
  );
}
