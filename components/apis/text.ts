import { formatNumber, plural } from "#core/format.ts";
import type { ApiAccess } from "#db/tables/catalog.ts";
import type { AccessStatus } from "#db/tables/projects.ts";

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

  operationColumns: { name: "Operation", call: "Request", summary: "Description", scopes: "Scopes" },
  or: "or",
  scopes: {
    title: "Scopes",
    description: "A key can be limited to some of these. Without a list, it has all of them.",
    label: "Scopes of the API",
    name: "Scope",
    meaning: "Description",
  },
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
    create: "Create project",
    project: "Project",
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
};
