import type { Usage } from "#domain/usage/types.ts";
import type { UsageView } from "./ranges.ts";

/** What the usage panel shows at one moment. */
export interface PanelData {
  /** The view that these numbers answer. */
  view: UsageView;
  usage: Usage;
  /** Of `usage.total`. */
  refused: number;
  /** Epoch ms by the server's clock, which decides what is unfinished. */
  atMs: number;
}
