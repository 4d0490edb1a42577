import type { ApiAccess } from "#db/tables/catalog.ts";
import type { AccessStatus } from "#db/tables/projects.ts";
import { formatNumber, plural } from "../ui/format.ts";

/** The list of APIs, the page of an API, and the pages on which administrators manage them. */
export const apisText = {
  title: "APIs",
  facts: "The services whose callers need a key. A project enables the APIs it needs.",
  add: "Add API",
  edit: "Edit API",
  noun: "APIs",
  search: "Search APIs",
  searchPlaceholder: "Name or description",
  empty: {
    title: "No APIs yet",
    admin: "Add the services of your organization from their OpenAPI documents, or enter them by hand.",
    other: "An administrator adds the services of your organization here.",
  },
  noMatch: {
    title: "No matching APIs",
    body: "Search matches names, slugs and descriptions.",
    action: "Show all APIs",
  },
  noDescription: "No description.",
  operations: (count: number) => plural(count, "operation"),
  noOperations: "No operations",

  access: {
    open: "Open",
    approval: "Needs approval",
    approvalTip: "An administrator approves each project",
  } satisfies Record<ApiAccess, string> & { approvalTip: string },
  status: {
    enabled: "Enabled",
    pending: "Waiting for approval",
    declined: "Declined",
  } satisfies Record<AccessStatus, string>,

  operationColumns: { name: "Operation", call: "Request", summary: "Description" },
  operationsTitle: "Operations",
  firstOperations: (shown: number, all: number) =>
    `The first ${formatNumber(shown)} of ${formatNumber(all)} are shown.`,
  call: {
    title: "Call the API",
    description: "API_KEY contains the secret of a key whose project has enabled this API.",
    inUrl:
      "Gateways also accept the key in the query parameter key. Prefer the header, because URLs are logged.",
    inHeader: "Send the key in the header, never in the URL, because URLs are logged.",
  },
  projects: {
    title: "Your projects",
    none: "Keys belong to projects. Create a project, then enable this API for it.",
    create: "New project",
    project: "Project",
    enable: "Enable",
    request: "Request access",
  },

  admin: {
    facts: "The services whose callers need a key.",
    columns: {
      api: "API",
      access: "Access",
      operations: "Operations",
      baseUrl: "Base URL",
      updated: "Updated",
    },
    noBaseUrl: "Not set",
    empty:
      "Add a service from its OpenAPI document, or enter it by hand. Projects can then enable it for their keys.",
    newTitle: "Add an API",
    newFacts: "The API is available immediately. Keys can call it once their project has enabled it.",
    editTitle: "Edit API",
    view: "View API",
    remove: {
      section: "Delete API",
      description:
        "All projects lose access, and verifications for this API get 404. An API can't be deleted while a service token is bound to it.",
      label: "Delete API…",
      title: (name: string) => `Delete ${name}?`,
      confirm: "Delete API",
      effect: "Projects would have to enable the API again if you add it later. This can't be undone.",
    },
  },

  form: {
    operations: "Operations",
    operationsHint: "Keys can be restricted to some operations, and usage is counted per operation.",
    source: "Source of the operations",
    keep: (count: number) => (count === 0 ? "No operations" : `Keep ${plural(count, "operation")}`),
    openapi: "OpenAPI document",
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
    paths: "Path matching",
    safe: "Ambiguous paths match no operation",
    safeHint:
      "Different case, ; parameters, trailing dots and suffixes such as .json could reach another operation.",
    exact: "The API's router compares paths exactly",
    exactHint: "Choose this only if /badges/MINE and /badges/mine.json never reach /badges/mine.",
    keyInUrl: "Gateways may read the key from the URL",
    keyInUrlHint: "URLs are logged. Enable this only if a client can't send headers.",
  },
  document: {
    hint: "OpenAPI 3.0, 3.1 or 3.2 as JSON or YAML, up to 16 MiB and 5,000 operations.",
    remove: "Remove file",
    choose: "Choose file",
    read: "Read document",
    tooLarge: (mib: string) =>
      `The document is ${mib} MiB; the limit is 16 MiB. Remove examples and descriptions, or split it into several APIs, for example with “npx @redocly/cli split”.`,
    unreachable: "The portal did not answer. Check your connection and try again.",
    errors: (count: number) =>
      count === 1 ? "The document can't be imported:" : `The document has ${plural(count, "error")}:`,
    noTitle: "The document has no title. Enter a name below",
    noOperations: "no operations.",
    baseUrl: "Base URL: ",
    unknown: "unknown",
    basePaths: " Paths are also matched below ",
    more: (count: number) => ` and ${formatNumber(count)} more`,
    operationsLabel: "Operations in the document",
    first: (count: number) => `The first ${plural(count, "operation")} are shown.`,
  },
  byHand: {
    none: "No operations: a key can call the whole API. Add operations if some keys may only call parts of it.",
    add: "Add operation",
    name: (n: number) => `Name of operation ${n}`,
    method: (n: number) => `Method of operation ${n}`,
    path: (n: number) => `Path of operation ${n}`,
    summary: (n: number) => `Description of operation ${n}`,
    remove: (n: number) => `Remove operation ${n}`,
    anyMethod: "Any",
  },
};
