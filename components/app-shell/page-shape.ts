/** What a page shows below its header. */
export type PageShape =
  | "table"
  | "filtered"
  /** With two lines of filters. */
  | "filtered2"
  | "panels"
  | "stats"
  | "chart"
  | "key"
  | "grid"
  | "sections";

/**
 * The first that matches. Every other page is a table. `p` stands for the path of a project, `a` for that of Admin: every
 * page loads this.
 */
const SHAPES: [PageShape, RegExp][] = [
  ["panels", /^p$/],
  ["stats", /^a$/],
  ["chart", /^p.usage$/],
  ["filtered", /^(p.(keys|denials)|a.(projects|users))$/],
  ["filtered2", /^(p.(requests|audit)|a.(keys|unused|audit))$/],
  ["sections", /^p.(keys.import|statements|settings|limits|apis|apis.+plan|webhooks.+)$/],
  ["key", /^p.keys/],
  ["grid", /^.apis$/],
  [
    "sections",
    /^(.apis.+|.account|a.(policies|provisioning|branding.*|(users|apis|billing-exports|webhooks|projects.deleted)\/.+))$/,
  ],
];

export function shapeOf(path: string): PageShape {
  const short = path.replace(/^.projects\/[^/]+/, "p").replace(/^.admin/, "a");
  return SHAPES.find(([, pattern]) => pattern.test(short))?.[0] ?? "table";
}

/** Whether the page's header starts with its parent pages: all but the top pages, and a project's overview. */
export function hasCrumbs(path: string): boolean {
  return path.split("/").length > 2 && shapeOf(path) !== "panels";
}
