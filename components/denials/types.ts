import type { DenialPage } from "#domain/keys/denials/types.ts";
import type { RefusalView } from "./address.ts";

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
