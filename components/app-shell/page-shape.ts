/** What a page shows below its header. */
export type PageShape =
  | "table"
  | "filtered"
  /** With two lines of filters. */
  | "filtered2"
  | "list"
  | "panels"
  | "stats"
  | "chart"
  | "key"
  | "grid"
  | "sections";

/** The first that matches. Every other page is a table. */
const SHAPES: { shape: PageShape; path: RegExp }[] = [
  { shape: "panels", path: /^\/projects\/[^/]+$/ },
  { shape: "sections", path: /^\/projects\/[^/]+\/(keys\/import|statements|apis\/[^/]+\/plan)$/ },
  { shape: "key", path: /^\/projects\/[^/]+\/keys\/[^/]+$/ },
  { shape: "chart", path: /^\/projects\/[^/]+\/usage$/ },
  { shape: "sections", path: /^\/projects\/[^/]+\/(settings|limits|apis|webhooks\/[^/]+)$/ },
  { shape: "filtered", path: /^\/projects\/[^/]+\/(keys|denials)$/ },
  { shape: "filtered2", path: /^\/projects\/[^/]+\/(requests|audit)$/ },
  { shape: "grid", path: /^\/apis$/ },
  { shape: "sections", path: /^\/apis\// },
  { shape: "stats", path: /^\/admin$/ },
  {
    shape: "sections",
    path: /^\/admin\/(policies|provisioning|branding|branding\/emails|users\/[^/]+|apis\/[^/]+(\/plans\/.+)?|billing-exports\/[^/]+|webhooks\/[^/]+|projects\/deleted\/[^/]+)$/,
  },
  { shape: "filtered", path: /^\/admin\/(projects|users)$/ },
  { shape: "filtered2", path: /^\/admin\/(keys|unused|audit)$/ },
  { shape: "list", path: /^\/notifications$/ },
  { shape: "sections", path: /^\/account$/ },
];

export function shapeOf(path: string): PageShape {
  return SHAPES.find((each) => each.path.test(path))?.shape ?? "table";
}

/** Whether the page's header starts with its parent pages: all but the top pages, and a project's overview. */
export function hasCrumbs(path: string): boolean {
  return path.split("/").length > 2 && shapeOf(path) !== "panels";
}
