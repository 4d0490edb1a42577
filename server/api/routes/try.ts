import { tryKey, tryKeySchema } from "../../try-key.ts";
import { route } from "../route.ts";
import { tried } from "../shapes/verdict.ts";

export const tryRoutes = [
  route({
    method: "POST",
    path: "/api/v1/keys/try",
    tag: "Checks",
    summary: "See the verdict on a key that one holds; nothing is counted",
    description:
      "For trying a new key by hand, 30 times a minute from one address. Services ask `POST /api/v1/keys/verify` with a service token.",
    tokenScope: "any",
    input: tryKeySchema,
    output: tried,
    security: "none",
    verb: tryKey,
    capBytes: 16 * 1024,
  }),
];
