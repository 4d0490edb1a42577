import { formatNumber, plural } from "#core/format.ts";
import type { Sweep, SweptKey } from "#domain/keys/lifecycle/sweeps/schema.ts";

/** Revocations in bulk. */
export const sweepText = {
  title: "Bulk revocation",
  previewTitle: "Preview of the revocation",
  listTitle: "Bulk revocations",
  listDescription: "Each can be undone for 30 days.",
  states: {
    preview: "Preview",
    running: "Revoking",
    done: "Done",
    undoing: "Restoring",
    undone: "Undone",
  } satisfies Record<Sweep["state"], string>,

  form: {
    title: (count: number | null) =>
      count === null ? "Revoke all matching keys" : `Revoke ${plural(count, "key")}`,
    description: "You first see a preview of the keys. Nothing is revoked until you confirm it there.",
    reason: "Reason",
    reasonHint: "Shown to the owners and kept in the audit log of each key.",
    reasonExample: "Not used for 90 days",
    submit: "Show preview",
  },

  progress: {
    label: { running: "Keys revoked", undoing: "Keys restored" },
    done: (done: number, of: number) =>
      `${formatNumber(done)} of ${formatNumber(of)}. It continues if you leave this page.`,
  },

  notice: "Nothing is revoked yet. A key that is used before you confirm is skipped and listed.",
  willBeRevoked: "Will be revoked",
  revoked: "Revoked",
  projects: "Projects whose owners are notified",
  unusedFor: "Unused for",
  days: (days: number) => plural(days, "day"),
  reason: "Reason",
  previewedBy: "Previewed by",
  confirmedBy: "Confirmed by",
  undoneBy: "Undone by",
  undoableUntil: "Can be undone until",

  keys: {
    title: "Keys",
    label: "Keys of this revocation",
    columns: { key: "Key", project: "Project", lastUsed: "Last used", status: "Status" },
    states: {
      waiting: "To be revoked",
      revoked: "Revoked",
      used: "Skipped",
      failed: "Failed",
      restored: "Restored",
    } satisfies Record<SweptKey["state"], string>,
  },
  skipped: {
    title: "Skipped",
    label: "Skipped keys",
    description: (used: number, failed: number) =>
      `${formatNumber(used)} used since the preview, ${formatNumber(failed)} failed for another reason.`,
  },

  revoke: {
    label: (keys: number) => `Revoke ${plural(keys, "key")}…`,
    title: (keys: number) => `Revoke ${plural(keys, "key")}?`,
    confirm: (keys: number) => `Revoke ${plural(keys, "key")}`,
    effect: "Requests with them are denied within a second, and their owners are notified of the reason.",
    undo: "You can undo this for 30 days.",
  },
  undo: {
    label: "Undo…",
    title: (keys: number) => `Restore ${plural(keys, "key")}?`,
    confirm: (keys: number) => `Restore ${plural(keys, "key")}`,
    effect: "They work again with their previous secrets. Their owners are notified.",
    leaked: "Leaked keys stay disabled if the policy for leaked keys requires it.",
  },
};
