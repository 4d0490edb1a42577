import type { SiteUsage } from "#domain/usage/types.ts";
import type { PanelData } from "../usage/usage-state.ts";

/** What the panel of the whole site's checks shows at one moment. */
export interface SitePanelData extends PanelData, Pick<SiteUsage, "projects" | "now"> {}
