import { registerHooks } from "node:module";

const OF_DRIZZLE = /\/node_modules\/drizzle-orm\/(?!.*\/node_modules\/).*\.js$/;

/**
 * Resolves imports between Drizzle's modules without their package.json: Node 24 parses it again for each module, and
 * Drizzle's has 180 kB. That took half of a verifier's start time.
 */
registerHooks({
  resolve(specifier, { parentURL }, next) {
    const isInside =
      specifier.startsWith(".") && specifier.endsWith(".js") && OF_DRIZZLE.test(parentURL ?? "");
    return isInside
      ? { url: new URL(specifier, parentURL).href, format: "module", shortCircuit: true }
      : next(specifier);
  },
});
