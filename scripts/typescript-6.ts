import { registerHooks } from "node:module";

// dependency-cruiser uses the compiler's JavaScript API, which TypeScript 7 lacks. In this process, `typescript`
// resolves to the installed version 6.0.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier.replace(/^typescript(?=$|\/)/, "typescript-6"), context),
});
