import { getPolicies } from "#domain/access/policies/read.ts";
import { policiesSchema, setPoliciesSchema } from "#domain/access/policies/schema.ts";
import { setPolicies } from "#domain/access/policies/set.ts";
import { noInputSchema } from "#domain/fields.ts";
import { route } from "../route.ts";

const tag = "Administration";
const PATH = "/api/v1/admin/policies";

export const policyRoutes = [
  route({
    method: "GET",
    path: PATH,
    tag,
    summary: "The rules of the site (everybody may read them)",
    tokenScope: "admin:read",
    input: noInputSchema,
    output: policiesSchema,
    verb: getPolicies,
  }),
  route({
    method: "PATCH",
    path: PATH,
    tag,
    summary: "Change the rules of the site; keys that are there already stay as they are",
    tokenScope: "admin:write",
    input: setPoliciesSchema,
    output: policiesSchema,
    verb: setPolicies,
  }),
];
