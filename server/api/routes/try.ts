import { triedKeySchema, tryKey, tryKeySchema } from "../../try-key.ts";
import { route } from "../route.ts";

export const tryRoutes = [
  route({
    method: "POST",
    path: "/api/v1/keys/try",
    tag: "Verification",
    summary: "Verify a key that you hold; nothing is counted",
    description:
      "For testing a new key by hand, at most 30 times a minute from one IP address. Services use `POST /api/v1/keys/verify` with a service token.",
    tokenScope: "any",
    input: tryKeySchema,
    output: triedKeySchema,
    security: "none",
    verb: tryKey,
    maxBodyBytes: 16 * 1024,
  }),
];
