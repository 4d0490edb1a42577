import { formatNumber, plural } from "#core/format.ts";

/** The pages of customers: the external IDs of keys. */
export const customersText = {
  title: "Customers",
  facts: "The external IDs of this project's keys.",
  open: "View customers",
  noun: "customers",
  columns: {
    externalId: "External ID",
    keys: "Keys",
    active: "Active",
    lastUsed: "Last used",
    key: "Key",
    status: "Status",
    allowed: "Allowed, 30 days",
    denied: "Denied, 30 days",
    time: "Time",
    reason: "Reason",
  },
  never: "Never",
  empty: {
    title: "No key has an external ID",
    body: "Give a key the ID of the customer, tenant or app in your own system, in its settings or when you create it. This page then lists the keys of each of them.",
    action: "View keys",
  },
  customer: {
    facts: (active: number, keys: number) => `${plural(keys, "key")}, ${formatNumber(active)} active`,
    requests: (allowed: number, denied: number) =>
      `${formatNumber(allowed)} allowed and ${formatNumber(denied)} denied requests in 30 days`,
    keys: "Keys",
    keysDescription: "With this external ID, revoked ones included.",
    noKeys: "No key has this external ID",
    noKeysBody: "Keys that had this ID may have another one now.",
    more: "All its keys",
    usage: "View usage",
    denials: "Denied requests",
    denialsDescription: "The latest of the last 30 days.",
    noDenials: "None in the last 30 days.",
  },
  revoke: {
    label: "Revoke all keys…",
    title: (id: string) => `Revoke all keys of ${id}?`,
    confirm: "Revoke all keys",
    body: (count: number) =>
      `${plural(count, "key")} ${count === 1 ? "stops" : "stop"} working everywhere within a second. Each can be restored for 30 days.`,
  },
};
