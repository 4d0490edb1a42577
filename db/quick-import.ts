import { type ResolveFnOutput, registerHooks } from "node:module";

const ROOT = new URL("../", import.meta.url).href;
const OWN = /^[#.].*\.ts$/;
const PACKAGE = /^@?[a-z][^:]*$/;
/** All that these import are ES modules. Another version, of another package, need not be. */
const OF_MODULES = ["drizzle-orm", "zod", "jose"].map((name) => `${ROOT}node_modules/${name}/`);

/** What package names mean to Latchkey's modules. */
const packages = new Map<string, ResolveFnOutput>();

/**
 * Resolves imports between the modules of Latchkey, Drizzle, zod and jose without their package.json, and each package
 * once: Node 24 parses package.json again for each import, and Drizzle's has 180 kB. That took most of a verifier's
 * start time.
 */
registerHooks({
  resolve(specifier, context, next) {
    const { parentURL = "" } = context;
    if (parentURL.startsWith(ROOT) && !parentURL.includes("/node_modules/")) {
      if (OWN.test(specifier)) {
        // `imports` of package.json: `#core/time.ts` is `core/time.ts`.
        const [path, base] = specifier.startsWith("#") ? [specifier.slice(1), ROOT] : [specifier, parentURL];
        return { url: new URL(path, base).href, format: "module-typescript", shortCircuit: true };
      }
      if (!PACKAGE.test(specifier) || !context.conditions.includes("import")) return next(specifier, context);
      const known = packages.get(specifier) ?? next(specifier, context);
      packages.set(specifier, known);
      return { ...known, shortCircuit: true };
    }
    const isInside =
      specifier.startsWith(".") &&
      specifier.endsWith(".js") &&
      context.conditions.includes("import") &&
      OF_MODULES.some((folder) => parentURL.startsWith(folder));
    return isInside
      ? { url: new URL(specifier, parentURL).href, format: "module", shortCircuit: true }
      : next(specifier, context);
  },
});
