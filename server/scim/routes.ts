import {
  fixedList,
  MAX_PAGE_SIZE,
  resourceTypes,
  schemas,
  serviceProviderConfig,
} from "#domain/access/scim/discovery.ts";
import { ScimError } from "#domain/access/scim/errors.ts";
import {
  createScimGroup,
  deleteScimGroup,
  patchScimGroup,
  replaceScimGroup,
} from "#domain/access/scim/groups.ts";
import { getScimGroup, listScimGroups } from "#domain/access/scim/read-groups.ts";
import { getScimUser, listScimUsers } from "#domain/access/scim/read-users.ts";
import type { ScimListInput } from "#domain/access/scim/schema.ts";
import { createScimUser, deleteScimUser, patchScimUser, replaceScimUser } from "#domain/access/scim/users.ts";
import type { Ctx } from "#domain/context.ts";
import { includes, type Projection } from "./projection.ts";

/** A request of an identity provider. */
export interface ScimCall {
  ctx: Ctx;
  /** The last segment of the path; empty for a list. */
  id: string;
  query: URLSearchParams;
  /** Empty for requests without one. */
  body: Record<string, unknown>;
  projection: Projection;
}

/** Answers with a resource, or null for no body. */
type ScimVerb = (call: ScimCall) => Promise<object | null>;

const baseOf = ({ ctx }: ScimCall) => `${ctx.settings.url}/scim/v2`;
const withMembers = ({ projection }: ScimCall) => includes(projection, "members");

/** The verbs of each path below `/scim/v2/`. */
export const SCIM_ROUTES: ReadonlyMap<string, Record<string, ScimVerb>> = new Map<
  string,
  Record<string, ScimVerb>
>([
  [
    "Users",
    {
      GET: (call) => listScimUsers({ ctx: call.ctx, input: listOf(call.query) }),
      POST: ({ ctx, body }) => createScimUser({ ctx, input: body }),
    },
  ],
  [
    "Users/{id}",
    {
      GET: ({ ctx, id }) => getScimUser({ ctx, input: { userId: id } }),
      PUT: ({ ctx, id, body }) => replaceScimUser({ ctx, input: { userId: id, body } }),
      PATCH: ({ ctx, id, body }) => patchScimUser({ ctx, input: { userId: id, body } }),
      DELETE: ({ ctx, id }) => deleteScimUser({ ctx, input: { userId: id } }).then(() => null),
    },
  ],
  [
    "Groups",
    {
      GET: (call) =>
        listScimGroups({
          ctx: call.ctx,
          input: { ...listOf(call.query), withMembers: withMembers(call) },
        }),
      POST: ({ ctx, body }) => createScimGroup({ ctx, input: body }),
    },
  ],
  [
    "Groups/{id}",
    {
      GET: (call) =>
        getScimGroup({ ctx: call.ctx, input: { groupId: call.id, withMembers: withMembers(call) } }),
      PUT: ({ ctx, id, body }) => replaceScimGroup({ ctx, input: { groupId: id, body } }),
      PATCH: ({ ctx, id, body }) => patchScimGroup({ ctx, input: { groupId: id, body } }),
      DELETE: ({ ctx, id }) => deleteScimGroup({ ctx, input: { groupId: id } }).then(() => null),
    },
  ],
  ["ServiceProviderConfig", { GET: async (call) => serviceProviderConfig(baseOf(call)) }],
  ["ResourceTypes", { GET: async (call) => fixedList(resourceTypes(baseOf(call))) }],
  ["ResourceTypes/{id}", { GET: async (call) => oneOf(resourceTypes(baseOf(call)), call.id) }],
  ["Schemas", { GET: async (call) => fixedList(schemas(baseOf(call))) }],
  ["Schemas/{id}", { GET: async (call) => oneOf(schemas(baseOf(call)), call.id) }],
]);

function oneOf<Resource extends { id: string }>(resources: Resource[], id: string): Resource {
  const found = resources.find((resource) => resource.id === id);
  if (!found) throw new ScimError(404, "This path does not exist.");
  return found;
}

/** The query of a list. A `startIndex` below 1 counts as 1, a negative `count` as 0 (RFC 7644, 3.4.2.4). */
function listOf(query: URLSearchParams): ScimListInput {
  const filter = query.get("filter")?.trim();
  return {
    filter: filter ? filter : undefined,
    startIndex: Math.max(1, wholeNumber(query, "startIndex", 1)),
    count: Math.min(MAX_PAGE_SIZE, Math.max(0, wholeNumber(query, "count", 100))),
  };
}

function wholeNumber(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name) ?? "";
  if (text === "") return fallback;
  if (!/^-?\d{1,9}$/.test(text)) throw new ScimError(400, `${name} must be a whole number.`, "invalidValue");
  return Number(text);
}
