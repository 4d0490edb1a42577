import { registerHooks } from "node:module";

// The verifier with one module replaced: of an answer, only its count is stored.
registerHooks({
  resolve(specifier, context, next) {
    return specifier === "./entry-of.ts"
      ? next(new URL("./entry-of.ts", import.meta.url).href, context)
      : next(specifier, context);
  },
});
