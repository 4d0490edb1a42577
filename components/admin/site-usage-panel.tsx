"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { type SitePanelData, SiteUsageView } from "./site-usage-view.tsx";

/** The usage of the whole site, updated while the page is visible. */
export function SiteUsagePanel({ initial }: { initial: SitePanelData }) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <SiteUsageView initial={initial} />
    </QueryClientProvider>
  );
}
