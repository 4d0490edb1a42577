/** The desk's page. */
export const UNUSED_BASE = "/admin/unused";
