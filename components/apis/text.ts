import type { ApiAccess, ApiVisibility, StoredDocumentChanges } from "#db/tables/catalog.ts";
import type { AccessStatus } from "#db/tables/projects.ts";
import type { AffectedKeys } from "#domain/catalog/followed-documents/schema.ts";
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
    audience: {
      title: "Projects that see this API",
      description: "Besides the projects that enabled it or requested access.",
      inForce: "Members of other projects don't see it.",
      notInForce: "Not in force: the API is visible to all signed-in users. Choose “Chosen projects” above.",
      none: "No projects chosen.",
      add: "Add project",
      project: "Project ID",
      projectHint: "From the project's settings, such as prj_4fK…",
      remove: (name: string) => `Remove ${name}`,
      removeLabel: "Remove",
    },
    followed: {
      title: "Document by URL",
      description:
        "The OpenAPI document at a URL is checked every day. A changed one takes effect only after you have applied it.",
      url: "URL of the document",
      urlHint: "JSON or YAML, up to 16 MiB. It is read without credentials.",
      follow: "Follow",
      check: "Check now",
      unfollow: "Stop following",
      same: "The API has this document.",
      changed: "The document has changed.",
      /** Followed by the time. */
      checked: "Checked",
      /** Followed by the time. */
      failing: "First failed",
      /** Followed by the time. */
      found: "Found",
      summary: ({ added, removed, changed, deprecated }: StoredDocumentChanges) => {
        const parts = [
          ...(added.length > 0 ? [`${formatNumber(added.length)} added`] : []),
          ...(removed.length > 0 ? [`${formatNumber(removed.length)} removed`] : []),
          ...(changed.length > 0 ? [`${formatNumber(changed.length)} changed`] : []),
          ...(deprecated.length > 0 ? [`${formatNumber(deprecated.length)} deprecated`] : []),
        ];
        return parts.length === 0
          ? "The operations are the same; only their description has changed."
          : `Operations: ${parts.join(", ")}.`;
      },
      affected: ({ keys, projects, more }: AffectedKeys) =>
        `${more ? "At least " : ""}${plural(keys, "active key")} of ${plural(projects, "project")} ${keys === 1 ? "is" : "are"} restricted to what is removed.`,
      lists: {
        removed: (count: number) => plural(count, "removed operation"),
        added: (count: number) => plural(count, "added operation"),
        changed: (count: number) => `${plural(count, "operation")} with another method, path or scopes`,
        deprecated: (count: number) => plural(count, "newly deprecated operation"),
        removedScopes: (count: number) => plural(count, "removed scope"),
      },
      more: (count: number) => `and ${formatNumber(count)} more`,
      apply: "Apply…",
      applyTitle: "Apply the changed document?",
      applyConfirm: "Apply document",
      applyEffect: "It replaces the operations of the API and its reference within a second.",
      decline: "Decline",
    },
    guides: {
      title: "Guides",
      manage: "Guides and changelog",
      facts: "Markdown pages beside the API reference.",
      none: "No guides yet. A good first one shows how to make the first request.",
      edit: (title: string) => `Edit ${title}`,
      editLabel: "Edit",
      add: "New guide",
      name: "Title",
      slug: "Name in the URL",
      body: "Text",
      bodyHint: "Markdown, up to 100,000 characters. HTML is shown as text, and images as links.",
      position: "Order",
      save: "Save guide",
      remove: "Delete guide…",
      removeTitle: (title: string) => `Delete the guide “${title}”?`,
      removeConfirm: "Delete guide",
      removeEffect: "Its URL stops working. This can't be undone.",
      changelog: "Changelog",
      changelogHint: "Newest first. An empty text removes the changelog.",
      saveChangelog: "Save changelog",
      saved: "Saved.",
      view: "View",
    },
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
    scopes: (names: string) => `Scopes: ${names}.`,
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
    scopes: (n: number) => `Scopes of operation ${n}`,
    scopesHint:
      "The last field has the scopes that a request needs, separated by spaces: badges:read badges:list. For alternatives, put | between them: badges:read | badges:admin.",
    remove: (n: number) => `Remove operation ${n}`,
    anyMethod: "Any",
  },
};
