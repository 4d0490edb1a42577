import { formatNumber, plural } from "#core/format.ts";
import type { StoredDocumentChanges } from "#db/tables/catalog.ts";
import type { AffectedKeys } from "#domain/catalog/followed-documents/schema.ts";

/** Who sees an API that only chosen projects see. */
export const audienceText = {
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
};

/** An OpenAPI document that is checked at its URL. */
export const followedText = {
  title: "Document by URL",
  description:
    "The OpenAPI document at a URL is checked every day. A changed one takes effect only after you have applied it.",
  url: "URL of the document",
  urlHint: "JSON or YAML, up to 16 MiB. It is read without credentials.",
  urlChecked: "It is checked every day; a changed one takes effect only after you have applied it.",
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
};

/** Guides and the changelog of an API. */
export const guidesText = {
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
};
