import { formatNumber, plural } from "../ui/format.ts";

const ROLES = { owner: "Owner", developer: "Developer", viewer: "Viewer" };

/** The texts of projects: their list, their overview, and the dialog that creates one. */
export const TEXT = {
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
    cancel: "Cancel",
    submit: "Create project",
  },
  start: {
    title: "Get started",
    done: "Done:",
    api: {
      title: "Enable an API",
      body: "Choose the APIs that this project calls. Some are open, others need approval.",
      action: "Choose an API",
    },
    key: {
      title: "Create a key",
      body: "Create one for each program. Its secret is shown once, ready to paste into the program's settings.",
      action: "Create key",
    },
    request: {
      title: "Make your first request",
      body: "Call the API with the key. The API verifies the key with Latchkey, and the request is counted here within seconds.",
      action: "View example",
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
};
