/** The one-way imports (docs/contribute/architecture.md): a folder may import what its row names, and itself. */
const MAY_IMPORT = {
  core: [],
  platform: ["core"],
  db: ["core", "platform"],
  engine: ["core", "platform", "db"],
  domain: ["core", "platform", "db", "engine"],
  verifier: ["core", "platform", "db", "engine"],
  server: ["core", "platform", "db", "engine", "domain"],
  components: ["core", "platform", "db", "domain"],
  app: ["core", "platform", "db", "engine", "domain", "server", "components"],
  demo: ["core", "platform", "db", "engine", "domain"],
  cli: ["core", "platform", "db", "engine", "domain", "demo"],
};
/** How a process is started from the terminal: by its entry, and nothing else of it. */
const ENTRY = { cli: "^(server|verifier)/main\\.ts$" };
const FOLDERS = Object.keys(MAY_IMPORT);
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
    ...FOLDERS.map((folder) => ({
      name: `${folder}-imports`,
      severity: "error",
      from: { path: `^${folder}/`, pathNot: TESTS },
      to: {
        path: `^(${FOLDERS.filter((other) => other !== folder && !MAY_IMPORT[folder].includes(other)).join("|")}|e2e|bench|scripts|test)/`,
        ...(ENTRY[folder] ? { pathNot: ENTRY[folder] } : {}),
      },
    })),
    {
      name: "sdk-imports-core-only",
      severity: "error",
      from: { path: "^sdk/typescript/src/", pathNot: "^sdk/typescript/src/local/" },
      to: { path: "^(?!sdk/typescript/src/|core/|node_modules/|\\.\\./)[^/]+/" },
    },
    {
      name: "sdk-local-imports-engine",
      comment: "Local verification evaluates checks with the engine's own code.",
      severity: "error",
      from: { path: "^sdk/typescript/src/local/" },
      to: {
        path: "^(?!sdk/typescript/(src/|package\\.json)|core/|engine/(aggregation/read-lines|cache|check|journal|sync)/?|fs/|node_modules/|\\.\\./)[^/]+/",
      },
    },
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
      from: { path: "^(verifier|engine|platform)/" },
      to: { path: "node_modules/(next|react|next-auth)/" },
    },
    {
      name: "components-take-only-types-and-schemas",
      comment: "A component never reaches a verb or the database: it takes types of both, and zod schemas.",
      severity: "error",
      from: { path: "^components/", pathNot: TESTS },
      to: {
        path: "^(domain|db)/",
        pathNot: "^domain/.*(schema|fields)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
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
