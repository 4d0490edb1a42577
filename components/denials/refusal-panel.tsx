"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { RefusalList } from "./refusal-list.tsx";
import type { RefusalPanelProps } from "./types.ts";

/** The latest refusals, moving by themselves while they are watched. The address holds what is looked at. */
export function RefusalPanel(props: RefusalPanelProps) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <RefusalList {...props} />
    </QueryClientProvider>
  );
}
