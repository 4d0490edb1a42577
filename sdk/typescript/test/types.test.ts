import { expectTypeOf, test } from "vitest";
import type { Verdict as CoreVerdict } from "../../../core/verdict-schema.ts";
import type { Verdict } from "../src/verdict.ts";

// Declared twice, because the package's types must not need zod. `npm run check` fails when they differ.
test("a verdict has the same type as in the core", () => {
  expectTypeOf<Verdict>().toEqualTypeOf<CoreVerdict>();
});
