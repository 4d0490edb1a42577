import { registerHooks } from "node:module";

// dependency-cruiser reads TypeScript through the compiler's JS API, which TypeScript 7 does not have:
// for that one process `typescript` means the 6.0 that is installed beside it.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier.replace(/^typescript(?=$|\/)/, "typescript-6"), context),
});
