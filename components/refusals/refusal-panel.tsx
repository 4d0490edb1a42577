"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import type { DenialPage } from "#domain/refusals/types.ts";
import type { RefusalView } from "./address.ts";
import { RefusalList } from "./refusal-list.tsx";

export interface RefusalPanelProps {
  projectId: string;
  /** Only this key's; its page says so, and no other can be chosen. */
  keyId?: string;
  /** The keys that can be chosen, by name. */
  keys: { id: string; name: string }[];
  mayChange: boolean;
  /** What the server read for the page's address, so that the first look has rows. */
  initial: { view: RefusalView; page: DenialPage; atMs: number };
}

/** The latest refusals, moving by themselves while they are watched. The address holds what is looked at. */
export function RefusalPanel(props: RefusalPanelProps) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <RefusalList {...props} />
    </QueryClientProvider>
  );
}
