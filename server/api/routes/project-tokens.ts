import { listProjectTokens } from "#domain/access/management-tokens/list.ts";
import {
  endProjectTokenOverlap,
  revokeProjectToken,
} from "#domain/access/management-tokens/project-tokens.ts";
import {
  listProjectTokensSchema,
  projectTokenPageSchema,
  projectTokenRefSchema,
  projectTokenSchema,
} from "#domain/access/management-tokens/schema.ts";
import { route } from "../route.ts";

const tag = "Project tokens";
const TOKENS = "/api/v1/projects/{projectId}/tokens";
const TOKEN = `${TOKENS}/{managementTokenId}` as const;

/** No token can create or rotate one, so these routes can't either: owners do that in the portal. */
export const projectTokenRoutes = [
  route({
    method: "GET",
    path: TOKENS,
    tag,
    summary: "List the management tokens of a project that are not revoked (developer)",
    tokenScope: "projects:read",
    input: listProjectTokensSchema,
    output: projectTokenPageSchema,
    verb: listProjectTokens,
  }),
  route({
    method: "DELETE",
    path: TOKEN,
    tag,
    summary: "Revoke a management token of a project (owner)",
    tokenScope: "projects:write",
    input: projectTokenRefSchema,
    output: null,
    verb: revokeProjectToken,
  }),
  route({
    method: "DELETE",
    path: `${TOKEN}/older`,
    tag,
    summary: "End the old secret of a rotated management token of a project now (owner)",
    tokenScope: "projects:write",
    input: projectTokenRefSchema,
    output: projectTokenSchema,
    verb: endProjectTokenOverlap,
  }),
];
