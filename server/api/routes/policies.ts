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
    summary: "Get the site's policies (everyone can read them)",
    tokenScope: "admin:read",
    input: noInputSchema,
    output: policiesSchema,
    verb: getPolicies,
  }),
  route({
    method: "PATCH",
    path: PATH,
    tag,
    summary: "Change the site's policies; existing keys stay as they are",
    description: "A management token can make policies stricter, but not looser: that needs the portal.",
    tokenScope: "admin:write",
    input: setPoliciesSchema,
    output: policiesSchema,
    verb: setPolicies,
  }),
];
