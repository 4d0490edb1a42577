import { plural } from "#core/format.ts";
import type { ApiVisibility } from "#db/tables/catalog.ts";

/** The form that adds or edits an API. */
export const apiFormText = {
  operations: "Operations",
  operationsHint: "Keys can be restricted to some operations, and usage is counted per operation.",
  source: "Source of the operations",
  keep: (count: number) => (count === 0 ? "No operations" : `Keep ${plural(count, "operation")}`),
  openapi: "OpenAPI document",
  byUrl: "Document by URL",
  byHand: "By hand",
  details: "Details",
  save: "Save API",
  add: "Add API",
  name: "Name",
  slug: "Slug",
  slugHint: "Services use it to name the API in verifications. It can't be changed later.",
  description: "Description",
  baseUrl: "Base URL",
  baseUrlHint: "Where clients reach the API. The API's page then shows an example request.",
  accessLegend: "Access",
  open: "Every project",
  openHint: "Developers can enable the API for their projects.",
  approval: "Approved projects",
  approvalHint: "Projects request access, and an administrator approves them.",
  visibility: "Who sees the API and its reference",
  visibilities: {
    public: {
      label: "Everyone",
      hint: "Anyone who can reach this portal reads the reference without signing in.",
    },
    members: { label: "Signed-in users", hint: "Everyone with an account on this portal." },
    projects: {
      label: "Chosen projects",
      hint: "Members of the projects that you choose below, and of those that enabled the API. To others it does not exist.",
    },
  } satisfies Record<ApiVisibility, { label: string; hint: string }>,
  paths: "Path matching",
  safe: "Ambiguous paths match no operation",
  safeHint:
    "Different case, ; parameters, trailing dots and suffixes such as .json could reach another operation.",
  exact: "The API's router compares paths exactly",
  exactHint: "Choose this only if /badges/MINE and /badges/mine.json never reach /badges/mine.",
  scopes: "Scopes",
  scopesHint:
    "One per line: the name, then a description. Keys can be limited to some of them. Those of an OpenAPI document and of operations are added.",
  scopesOfDocument: (names: string) => `From the OpenAPI document: ${names}`,
  keyInUrl: "Gateways may read the key from the URL",
  keyInUrlHint: "URLs are logged. Enable this only if a client can't send headers.",
  tooLarge: (size: string) =>
    `The document is ${size}; the limit is 16 MiB. Remove examples and descriptions, or split it into several APIs, for example with “npx @redocly/cli split”.`,
  unreachable: "The portal did not answer. Check your connection and try again.",
};
