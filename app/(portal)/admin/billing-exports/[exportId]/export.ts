import { cache } from "react";
import { getBillingExport } from "#domain/billing/export/read.ts";
import { readForPage } from "#server/page.ts";

/** The export of a page, read once for its title and its content. */
export const exportOf = cache((exportId: string) => readForPage(getBillingExport, { exportId }));
