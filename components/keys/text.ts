import { formatNumber, plural } from "#core/format.ts";
import type { LeakAction } from "#domain/access/policies/schema.ts";
import type { KeyStatus } from "#domain/keys/schema.ts";
import type { Networks, RecentTraffic } from "#domain/usage/schema.ts";

/** How a disabled or revoked key can be reactivated. */
export type ReactivateKind = "restore" | "enable";

interface ConfirmText {
  title: (name: string) => string;
  confirm: string;
  body: string;
}

const REACTIVATE_LEAKED: Record<ReactivateKind, ConfirmText> = {
  enable: {
    title: (name) => `Enable ${name} with a leaked secret?`,
    confirm: "Enable key",
    body: "One of its secrets was found in public: anyone who has it can use the key again within a second. Rotate the key without overlap first, on its Secrets tab.",
  },
  restore: {
    title: (name) => `Restore ${name} with a leaked secret?`,
    confirm: "Restore key",
    body: "One of its secrets was found in public: anyone who has it can use the key again within a second. Rotate the key without overlap immediately, on its Secrets tab.",
  },
};

/** Asks before a key with a leaked secret comes back. With the policy "disable", a restored key is disabled. */
export function reactivateLeakedText(kind: ReactivateKind, policy: LeakAction): ConfirmText {
  if (kind === "restore" && policy === "disable") {
    return {
      ...REACTIVATE_LEAKED.restore,
      body: "One of its secrets was found in public, so by the site's policy the key comes back disabled. Then rotate it on its Secrets tab: that ends the leaked secret and enables the key.",
    };
  }
  return REACTIVATE_LEAKED[kind];
}

/** "412 requests in the last hour used this key, from 3 networks; 9,310 in the last day." */
export function recentTrafficText({ lastHour, lastDay }: RecentTraffic): string | null {
  if (lastHour.valid > 0) {
    return `${plural(lastHour.valid, "request")} in the last hour used this key${networksText(lastHour.from)}; ${formatNumber(lastDay.valid)} in the last day.`;
  }
  if (lastDay.valid > 0) {
    return `${plural(lastDay.valid, "request")} in the last day used this key${networksText(lastDay.from)}; none in the last hour.`;
  }
  return null;
}

/** Empty when no service reported its callers' IP addresses. */
function networksText({ count, orMore }: Networks): string {
  if (count === 0) return "";
  return `, from ${orMore ? "more than " : ""}${plural(count, "network")}`;
}

/** The texts of keys: their list, their page, and the dialogs that create, change and end them. */
export const keysText = {
  title: "Keys",
  import: "Import",
  facts: {
    active: (count: number) => `${formatNumber(count)} active`,
    expiringSoon: (count: number) => `${formatNumber(count)} expiring within 14 days`,
    disabled: (count: number) => `${formatNumber(count)} disabled`,
    expired: (count: number) => `${formatNumber(count)} expired`,
    revoked: (count: number) => `${formatNumber(count)} revoked`,
    pendingApproval: (count: number) => `${formatNumber(count)} awaiting approval`,
  },
  tabs: {
    label: "Key sections",
    usage: "Usage",
    restrictions: "Restrictions",
    limits: "Limits",
    secrets: "Secrets",
    requests: "Requests",
    denials: "Denied requests",
    history: "History",
    settings: "Settings",
  },
  history: { title: "History", description: "All changes to this key, newest first." },
  never: "Never",
  list: {
    table: "Keys",
    columns: {
      name: "Name",
      environment: "Environment",
      status: "Status",
      restrictions: "Restrictions",
      created: "Created",
      week: "7 days",
      lastUsed: "Last used",
      actions: "Actions",
    },
    leaked: "Secret found in public",
    noMatch: {
      title: "No matching keys",
      body: "The search covers names, hints, descriptions, tags, external IDs and full key IDs. The other filters apply as well.",
      action: "Show all keys",
    },
    empty: {
      title: "No keys yet",
      body: "A program sends a key to prove that it belongs to this project. Create one for each program: you can then see its usage separately, and revoke it without affecting the others.",
      action: "Create key",
    },
  },
  properties: {
    id: "ID",
    externalId: "External ID",
    tags: "Tags",
    metadata: "Metadata",
    copyId: "Copy key ID",
    apis: "Allowed APIs",
    restrictedTo: "Restricted to",
    lastUsed: "Last used",
    expires: "Expires",
    created: "Created",
    by: (name: string) => `by ${name}`,
  },
  create: {
    title: "Create key",
    description: "A named credential for one program. Its secret is shown once, right after this.",
    name: "Name",
    nameHint: "Describe where this key is used.",
    namePlaceholder: "checkout server",
    environment: "Environment",
    environmentHint: "Tracked separately and returned with every verification.",
    needsApproval:
      "A live key needs the approval of a project owner. You get its secret now; it works once the key is approved.",
    noApis: "This project has no enabled API, so every request with this key will be denied.",
    enableApi: "Enable an API",
    cancel: "Cancel",
    submit: "Create key",
    storeSecret: (name: string) => `Store the secret of ${name}`,
    discarded: "The key still exists. You can only rotate or revoke it.",
  },
  alert: {
    denied: "all requests are denied with",
    restorableUntil: "It can be restored until",
    notRestorable: "It can no longer be restored.",
    revoked: "Revoked",
    disabled: "Disabled",
    expired: "Expired",
    changeExpiry: "Change expiry",
    open: "This key works from anywhere: anyone who finds it can use it. Restrict it to where it runs.",
    restrict: "Restrict key",
  },
  approval: {
    requested: (name: string) => `${name} asked for the approval of this key`,
    denied: "Until an owner of the project approves it, all requests are denied with",
    approve: {
      label: "Approve…",
      title: (name: string) => `Approve ${name}?`,
      confirm: "Approve key",
      body: "Its secret works within a second, with the restrictions that the key has now.",
    },
    decline: {
      label: "Decline…",
      title: (name: string) => `Decline ${name}?`,
      confirm: "Decline key",
      body: "The key is revoked. If it is restored within 30 days, it needs approval again.",
      reason: "Reason",
      reasonHint: "The members of the project can read it.",
    },
  },
  leak: {
    found: "A secret of this key was found in public",
    at: "at",
    others: (count: number) => `, and in ${plural(count, "other place")}`,
    rotateOrRevoke: "Rotate or revoke key",
    danger: {
      active: "It still works: anyone who has it can use it.",
      disabled: "It works again if the key is enabled: rotate the key without overlap first.",
      expired: "It works again if its expiry is extended: rotate the key without overlap first.",
      revoked: "It works again if the key is restored: then rotate the key without overlap.",
    } satisfies Record<KeyStatus, string>,
    comesBackDisabled:
      "If the key is restored, it comes back disabled. Rotate it then: that ends the leaked secret and enables the key.",
  },
  deactivate: {
    revoke: {
      title: (name: string) => `Revoke ${name}?`,
      confirm: "Revoke key",
      body: "All its secrets stop working everywhere within a second. You can restore the key for 30 days.",
      done: (name: string) => `${name} is revoked.`,
    },
    disable: {
      title: (name: string) => `Disable ${name}?`,
      confirm: "Disable key",
      body: "All its secrets stop working everywhere within a second, until someone enables the key again.",
      done: (name: string) => `${name} is disabled.`,
    },
    subject: "The key",
    undone: (name: string) => `${name} is accepted again.`,
    trafficUnknown: "Recent usage could not be loaded.",
    neverUsed: "This key has never been used.",
    unusedSince: "No request used this key in the last day. Last used",
  },
  selection: {
    subject: "The keys",
    andMore: (names: string, count: number) => `${names} and ${formatNumber(count)} more`,
    revoke: {
      title: (count: number) => `Revoke ${plural(count, "key")}?`,
      confirm: (count: number) => `Revoke ${plural(count, "key")}`,
      body: "All their secrets stop working everywhere within a second. You can restore each key for 30 days.",
      done: (count: number) => `${plural(count, "key")} revoked.`,
    },
    disable: {
      title: (count: number) => `Disable ${plural(count, "key")}?`,
      confirm: (count: number) => `Disable ${plural(count, "key")}`,
      body: "All their secrets stop working everywhere within a second, until someone enables the keys again.",
      done: (count: number) => `${plural(count, "key")} disabled.`,
    },
    tag: {
      title: (count: number) => `Edit the tags of ${plural(count, "key")}`,
      confirm: () => "Save tags",
      body: "Other tags of these keys stay.",
      add: "Add tags",
      remove: "Remove tags",
      done: (count: number) => `Tags of ${plural(count, "key")} changed.`,
    },
  },
  menu: {
    label: (name: string) => `Actions for ${name}`,
    open: "Open",
    copyId: "Copy ID",
    rotate: "Rotate key…",
    restrict: "Restrict key",
    enable: "Enable key",
    disable: "Disable key…",
    restore: "Restore key",
    revoke: "Revoke key…",
    unchanged: (name: string) => `${name} was not changed.`,
  },
  snippets: { env: ".env", try: "Does it work?", call: (api: string) => `Call ${api}` },
};
