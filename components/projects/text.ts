import { formatNumber, plural } from "#core/format.ts";

const ROLES = { owner: "Owner", developer: "Developer", viewer: "Viewer", admin: "Administrator" };

/** The texts of projects: their list, their overview, and the dialog that creates one. */
export const projectsText = {
  title: "Projects",
  facts: "Projects you belong to.",
  noun: "projects",
  list: {
    table: "Projects",
    columns: {
      name: "Name",
      role: "Your role",
      keys: "Keys",
      week: "7 days",
      requests: "Requests",
      created: "Created",
    },
    roles: ROLES,
    suspended: "Suspended",
  },
  none: {
    title: "Create your first project",
    action: "Create project",
    body: "A project owns keys and is shared by its members. Enable the APIs you need, create a key for each program that calls them, and see how the keys are used.",
    invite: "Does your team already have a project? Ask its owner to invite you.",
  },
  create: {
    title: "Create project",
    description: "Keys belong to a project, not to a person: they keep working when people leave.",
    name: "Name",
    nameHint: "The team, product or customer whose programs use the keys.",
    namePlaceholder: "Mobile app",
    suggestion: (owner: string) => (owner === "" ? "" : `${owner.slice(0, 80)}'s project`),
    cancel: "Cancel",
    submit: "Create project",
  },
  start: {
    title: "Get started",
    description: "The steps are checked while this page is open.",
    steps: ["api", "key", "tried", "request"] as const,
    done: "Done:",
    code: "API_KEY contains the key's secret",
    api: {
      title: "Enable an API",
      body: "Choose the APIs that this project calls. Some are open, others need approval.",
      none: "There are no APIs yet. An administrator adds them.",
      all: "View all APIs",
    },
    key: {
      title: "Create a key",
      body: "Create one for each program. Its secret is shown once, ready to paste into the program's settings.",
      action: "Create key",
    },
    tried: {
      title: "Does it work?",
      body: "Ask the portal whether the key works. This does not count as a request.",
    },
    request: {
      title: "Make your first request",
      body: "Call the API with the key. The API has the key verified, and the request is counted here within seconds.",
      action: "API reference",
    },
  },
  requests: {
    title: "Requests",
    more: "View usage",
    today: "Today (UTC)",
    week: "7 days",
    denied: "Denied in 7 days",
    day: (day: string, total: number, denied: number) =>
      `${day}: ${plural(total, "request")}, ${formatNumber(denied)} denied`,
    todayLabel: "Today",
    todaySoFar: "Today so far",
  },
  keys: {
    title: "Keys",
    more: "View keys",
    none: "No keys yet.",
    unrestricted: "Live and unrestricted",
    expiring: "Expiring soon",
  },
  quota: {
    title: "Quota",
    more: "View limits",
    ceiling: "Set by an administrator",
    project: "All keys together",
  },
  apis: {
    title: "APIs",
    more: "View APIs",
    none: "No APIs enabled yet.",
    enabled: "Enabled",
    pending: "Waiting for approval",
  },
  recent: { title: "Recently used keys", more: "View all", none: "No key has been used yet." },
  overview: {
    role: (role: string) => `You are ${role}`,
    roles: { owner: "an owner", developer: "a developer", viewer: "a viewer", admin: "an administrator" },
    created: "created ",
  },
  suspended: {
    before: "An administrator suspended this project ",
    middle: ". All its keys are denied with ",
    after: " until it is resumed.",
  },
};

/** The texts of a project's settings. */
export const projectSettingsText = {
  title: "Settings",
  project: "This project",
  id: "ID, for the HTTP API",
  copyId: "Copy project ID",
  created: "Created",
  owners: (count: number) => (count === 1 ? "Owner" : "Owners"),
  nameHint: "Shown to its members and to administrators. Keys do not change.",
  secretAge: {
    title: "Secret rotation policy",
    siteMax: (days: number) =>
      `The site's policy sets a maximum secret age of ${plural(days, "day")}. If the project's own is stricter, it applies.`,
    own: "Applies to the keys of this project.",
    max: (days: number) => `Maximum secret age: ${plural(days, "day")}.`,
    none: "None. An owner can set one.",
  },
  onlyOwners: "Only an owner can rename or delete this project.",
  remove: {
    section: "Delete project",
    blocked: (keys: number) =>
      keys === 1
        ? "1 key is not revoked yet. Revoke it first, so that no program stops working unexpectedly."
        : `${formatNumber(keys)} keys are not revoked yet. Revoke them first, so that no program stops working unexpectedly.`,
    description:
      "The project has no working keys. Its members, APIs and keys are deleted, and its usage is no longer shown.",
    viewKeys: "View keys",
    label: "Delete project…",
    title: (name: string) => `Delete ${name}?`,
    confirm: "Delete project",
    effect: "All its members lose access now. This can't be undone.",
  },
};

/** The texts of the page that enables APIs for a project. */
export const projectApisText = {
  title: "APIs",
  enabledCount: (count: number) => `${formatNumber(count)} enabled`,
  availableCount: (count: number) => `${formatNumber(count)} available`,
  enabled: {
    title: "Enabled APIs",
    description: "A key works only for APIs that its project has enabled.",
    none: "No APIs enabled yet",
    noneBody: "Enable one below. Until then every request with this project's keys is denied with",
  },
  available: "Available APIs",
  empty: {
    title: "No APIs yet",
    add: "Add an API",
    admin: "Add your organization's services. Projects then enable the APIs that they call.",
    user: "An administrator adds your organization's services. You can then enable the APIs that this project calls.",
  },
  declined: "Declined by an administrator:",
  declinedWithoutReason: "Declined by an administrator without a reason.",
  requested: "Requested",
  pending: "Until an administrator decides, requests with this project's keys are denied there.",
  noDescription: "No description.",
  traffic: (requests: number, keys: number) =>
    requests === 0
      ? "No valid requests in the last 24 hours."
      : `${plural(requests, "valid request")} in the last 24 hours, with ${plural(keys, "key")}.`,
  disable: "Disable…",
  disableLabel: (api: string) => `Disable ${api}…`,
  disableTitle: (api: string) => `Disable ${api} for this project?`,
  disableConfirm: "Disable API",
  disableBody: "Within a second, all requests there with this project's keys are denied with",
  enableNeedsApproval: "Enabling it again needs an administrator's approval.",
  enableAnyTime: "You can enable it again at any time.",
  cancel: "Cancel request",
  cancelLabel: (api: string) => `Cancel the request for ${api}`,
  reason: "Your reason:",
};
