import { z } from "zod";
import { RESTRICTION_KINDS } from "#core/restrictions/kinds.ts";
import { denialCode, denied, valid } from "#engine/check/verdict-schema.ts";

const rules = z.array(
  z
    .strictObject({
      kind: z.enum(RESTRICTION_KINDS),
      outcome: z.enum(["unrestricted", "allowed", "refused"]),
      code: denialCode.nullable(),
      matched: z.string().nullable().describe("The entry that allowed the request."),
      observed: z.record(z.string(), z.string()),
      words: z.string(),
    })
    .meta({ id: "RuleOutcome" }),
);

/** The verdict on a simulated request, and the outcome of each kind of restriction. */
export const simulated = z
  .discriminatedUnion("valid", [valid.extend({ rules }), denied.extend({ rules })])
  .meta({ id: "Simulated" });

/** The verdict for anyone who holds a secret: without the key's id, project and name. */
export const tried = z
  .discriminatedUnion("valid", [
    valid.pick({
      ...{ valid: true, code: true, requestId: true, environment: true },
      ...{ api: true, operation: true, expiresAt: true, rotation: true },
    }),
    denied.omit({
      ...{ keyId: true, projectId: true, name: true, environment: true },
      ...{ rateLimit: true, quota: true },
    }),
  ])
  .meta({ id: "Tried" });
