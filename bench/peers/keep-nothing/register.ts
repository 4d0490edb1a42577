import { registerHooks } from "node:module";

// The verifier as it is, but for one module: what is known of an answer besides its count is not kept.
registerHooks({
  resolve(specifier, context, next) {
    return specifier === "./entry-of.ts"
      ? next(new URL("./entry-of.ts", import.meta.url).href, context)
      : next(specifier, context);
  },
});
