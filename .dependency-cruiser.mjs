/** The house's one-way doors (docs/architecture.md): a folder may import what its row names, and itself. */
const MAY_IMPORT = {
  core: [],
  db: ["core"],
  domain: ["core", "db"],
  verifier: ["core", "db"],
  server: ["core", "db", "domain", "verifier"],
  components: ["core", "db", "domain"],
  app: ["core", "db", "domain", "server", "components"],
  cli: ["core", "db", "domain", "verifier"],
};
/** How a process is started from the terminal: by its entry, and through no other door. */
const ENTRY = { cli: "^server/main\\.ts$" };
const ROOMS = Object.keys(MAY_IMPORT);
const TESTS = "\\.test\\.tsx?$";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true, dependencyTypesNot: ["type-only"] },
    },
    ...ROOMS.map((room) => ({
      name: `${room}-doors`,
      severity: "error",
      from: { path: `^${room}/`, pathNot: TESTS },
      to: {
        path: `^(${ROOMS.filter((other) => other !== room && !MAY_IMPORT[room].includes(other)).join("|")}|e2e|bench|scripts|test)/`,
        ...(ENTRY[room] ? { pathNot: ENTRY[room] } : {}),
      },
    })),
    {
      name: "core-is-pure",
      comment: "No clock, no I/O, no framework: crypto and checksums only.",
      severity: "error",
      from: { path: "^core/", pathNot: TESTS },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?(crypto|zlib|net)$" },
    },
    {
      name: "core-libraries",
      severity: "error",
      from: { path: "^core/", pathNot: TESTS },
      to: { dependencyTypes: ["npm", "npm-dev"], pathNot: "node_modules/(zod|tldts)/" },
    },
    {
      name: "verifier-knows-no-framework",
      severity: "error",
      from: { path: "^verifier/" },
      to: { path: "node_modules/(next|react|next-auth)/" },
    },
    {
      name: "components-take-only-types-and-schemas",
      comment: "A component never reaches a verb or the database: it takes types of both, and zod schemas.",
      severity: "error",
      from: { path: "^components/", pathNot: TESTS },
      to: { path: "^(domain|db)/", pathNot: "/schemas\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "app-writes-through-the-domain",
      comment: "Pages and routes never query: they call a verb.",
      severity: "error",
      from: { path: "^app/", pathNot: TESTS },
      to: { path: "^db/", dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|node_modules)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
