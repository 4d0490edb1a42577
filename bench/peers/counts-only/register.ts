import { registerHooks } from "node:module";

// The verifier with one module replaced: of an answer, only its count is stored.
registerHooks({
  resolve(specifier, context, next) {
    return specifier === "./create-entry.ts"
      ? next(new URL("./create-entry.ts", import.meta.url).href, context)
      : next(specifier, context);
  },
});
