import { GROUP_SCHEMA } from "./read-groups.ts";
import { USER_SCHEMA } from "./read-users.ts";
import { listResponse } from "./schema.ts";

/** Maximum number of resources in one response. */
export const MAX_PAGE_SIZE = 200;

const CONFIG_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";
const TYPE_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";
const SCHEMA_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Schema";

/** What this SCIM server supports (RFC 7643, 5). `base`: its URL. */
export function serviceProviderConfig(base: string) {
  return {
    schemas: [CONFIG_SCHEMA],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: MAX_PAGE_SIZE },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "SCIM token",
        description: "A token that an administrator creates in the portal, as Authorization: Bearer.",
        primary: true,
      },
    ],
    meta: { resourceType: "ServiceProviderConfig", location: `${base}/ServiceProviderConfig` },
  };
}

/** The resource types (RFC 7643, 6). */
export function resourceTypes(base: string) {
  return ["User", "Group"].map((name) => ({
    schemas: [TYPE_SCHEMA],
    id: name,
    name,
    endpoint: `/${name}s`,
    schema: name === "User" ? USER_SCHEMA : GROUP_SCHEMA,
    schemaExtensions: [],
    meta: { resourceType: "ResourceType", location: `${base}/ResourceTypes/${name}` },
  }));
}

interface AttributeOptions {
  type?: "string" | "boolean" | "complex" | "reference";
  multiValued?: boolean;
  required?: boolean;
  caseExact?: boolean;
  mutability?: "readWrite" | "readOnly" | "immutable";
  uniqueness?: "none" | "server";
  subAttributes?: object[];
}

function attribute(name: string, description: string, options: AttributeOptions = {}) {
  const { type = "string", ...more } = options;
  return {
    name,
    type,
    multiValued: false,
    description,
    required: false,
    ...(type === "string" && { caseExact: false, uniqueness: "none" }),
    mutability: "readWrite",
    returned: "default",
    ...more,
  };
}

/** The schemas of both resources (RFC 7643, 7). */
export function schemas(base: string) {
  return [userSchema(), groupSchema()].map((schema) => ({
    schemas: [SCHEMA_SCHEMA],
    ...schema,
    meta: { resourceType: "Schema", location: `${base}/Schemas/${schema.id}` },
  }));
}

function userSchema() {
  return {
    id: USER_SCHEMA,
    name: "User",
    description: "A person with an account",
    attributes: [
      attribute("userName", "The provider's name for the user", { required: true, uniqueness: "server" }),
      attribute("name", "The parts of the name", {
        type: "complex",
        subAttributes: [
          attribute("formatted", "The name that pages show"),
          attribute("givenName", "First name"),
          attribute("familyName", "Last name"),
        ],
      }),
      attribute("displayName", "The name that pages show"),
      attribute("active", "Whether the account is enabled", { type: "boolean" }),
      attribute("emails", "One email address; of several, the primary one or the one for work", {
        type: "complex",
        multiValued: true,
        required: true,
        subAttributes: [
          attribute("value", "The address", { uniqueness: "server" }),
          attribute("type", "Always work", { mutability: "readOnly" }),
          attribute("primary", "Always true", { type: "boolean", mutability: "readOnly" }),
        ],
      }),
      attribute("groups", "The groups of the user", {
        type: "complex",
        multiValued: true,
        mutability: "readOnly",
        subAttributes: [
          attribute("value", "The id of the group", { mutability: "readOnly", caseExact: true }),
          attribute("display", "The name of the group", { mutability: "readOnly" }),
        ],
      }),
    ],
  };
}

function groupSchema() {
  return {
    id: GROUP_SCHEMA,
    name: "Group",
    description: "A group, which an administrator can give a site role",
    attributes: [
      attribute("displayName", "The name of the group", { required: true, uniqueness: "server" }),
      attribute("members", "Users; groups in groups are not supported", {
        type: "complex",
        multiValued: true,
        subAttributes: [
          attribute("value", "The id of the user", { mutability: "immutable", caseExact: true }),
          attribute("display", "The name of the user", { mutability: "readOnly" }),
        ],
      }),
    ],
  };
}

/** The list form of a fixed set of resources. */
export const fixedList = <Resource>(resources: Resource[]) => listResponse(resources, resources.length);
