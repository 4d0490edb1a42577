import { registerHooks } from "node:module";

const OF_DRIZZLE = /\/node_modules\/drizzle-orm\/(?!.*\/node_modules\/).*\.js$/;

/**
 * Has Drizzle's modules find one another without Node's look at their package: Node 24 parses its list of exports
 * anew for each module, and Drizzle's is 180 kB long. That was half of the time in which a verifier starts.
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
