import { formatNumber, plural } from "#core/format.ts";
import { formatSeconds } from "../ui/format.ts";

/** The overview and the lists of the admin pages. Users, policies and tokens have separate texts. */
export const adminText = {
  outside: {
    title: "Administration is not available from here",
    body: (address: string | null) =>
      `This site allows administration from certain IP addresses only. Yours is ${address ?? "unknown"}. Until you use an allowed one, you have the permissions of a developer.`,
  },

  title: "Admin",
  facts: "The status of this site.",
  stats: {
    activeKeys: "Active keys",
    projects: "Projects",
    suspended: (count: number) => `${formatNumber(count)} suspended`,
    apis: "APIs",
    serviceTokens: "Service tokens",
    approvals: "Pending approvals",
    users: "Users",
  },
  requests: { title: "Requests", description: "All verified requests, counted within seconds." },

  setup: {
    title: "Get started",
    progress: (done: number, all: number) => `${done} of ${all} done`,
    done: "Done",
    api: {
      title: "Add an API",
      why: "A service whose callers need a key. Import its OpenAPI document or enter it by hand.",
    },
    serviceToken: {
      title: "Create a service token",
      why: "The service uses it to verify the keys of its callers.",
    },
    project: {
      title: "Create a project",
      why: "Keys belong to projects. A project enables the APIs that its keys may call.",
    },
    key: {
      title: "Create a key and verify it",
      why: "The secret is shown once. Each request appears on the project's usage page.",
    },
  },

  findings: {
    title: "Action required",
    none: "No action required",
    approvals: (count: number) =>
      count === 1 ? "API request is waiting for approval" : "API requests are waiting for approval",
    tokensWithoutExpiry: (count: number) =>
      count === 1 ? "management token has no expiry" : "management tokens have no expiry",
    changedDocuments: (count: number) =>
      count === 1
        ? "OpenAPI document has changed and is not applied"
        : "OpenAPI documents have changed and are not applied",
    unreadableDocuments: (count: number) =>
      count === 1 ? "followed OpenAPI document can't be read" : "followed OpenAPI documents can't be read",
    leaked: (count: number) => (count === 1 ? "leaked key still works" : "leaked keys still work"),
    unrestrictedLive: (count: number) =>
      count === 1 ? "live key has no restrictions" : "live keys have no restrictions",
    liveWithoutApplication: (count: number) =>
      count === 1
        ? "live key is not restricted to IP addresses, websites or apps"
        : "live keys are not restricted to IP addresses, websites or apps",
    secretOver90Days: (count: number) =>
      count === 1
        ? "active key has a secret older than 90 days"
        : "active keys have secrets older than 90 days",
    unusedFor90Days: (count: number) =>
      count === 1 ? "active key has not been used for 90 days" : "active keys have not been used for 90 days",
  },

  counts: {
    title: "Keys",
    /** Followed by the time. */
    counted: "Counted",
    byStatus: "By status",
    bySecretAge: "Active keys by age of their secret",
    under30Days: "Under 30 days",
    under90Days: "30 to 90 days",
    under1Year: "90 days to 1 year",
    over1Year: "Over 1 year",
  },

  keys: {
    title: "Keys",
    facts: "The keys of all projects, newest first.",
    columns: {
      name: "Name",
      project: "Project",
      environment: "Environment",
      status: "Status",
      restrictions: "Restrictions",
      created: "Created",
      secretCreated: "Secret created",
      lastUsed: "Last used",
    },
    filters: "Filter keys",
    noMatch: "No matching keys",
    noMatchHint: "Remove a filter to see more keys.",
    empty: { title: "No keys yet", body: "A key appears here when a member of a project creates it." },
    noun: "keys",
  },

  projects: {
    title: "Projects",
    facts: "All projects of this site. All keys of a suspended project are denied within a second.",
    columns: {
      project: "Project",
      status: "Status",
      liveKeys: "Live keys",
      created: "Created",
      actions: "Actions",
    },
    active: "Active",
    suspended: "Suspended",
    searchBy: "Name or ID",
    empty: { title: "No projects yet", body: "Any user can create a project. It then appears here." },
    noMatch: {
      title: "No matching projects",
      body: "Search matches a part of the name or the complete ID.",
      action: "Show all projects",
    },
    noun: "projects",
    suspend: {
      label: "Suspend…",
      about: (name: string) => `Suspend ${name}…`,
      title: (name: string) => `Suspend ${name}?`,
      confirm: "Suspend project",
      reason: "Reason",
      reasonHint: "Stored in the audit log, where the project's owners can read it.",
      effect: (liveKeys: number) =>
        `Within a second, ${liveKeys === 1 ? "its live key is" : `its ${formatNumber(liveKeys)} live keys are`} denied with PROJECT_SUSPENDED until you resume the project.`,
      done: (name: string) => `${name} is suspended.`,
      allKeys: "Every key of the project",
    },
    resume: { label: "Resume", about: (name: string) => `Resume ${name}` },
  },

  approvals: {
    title: "Approvals",
    facts: "Projects that requested access to an API or another plan of it, longest waiting first.",
    noun: "requests",
    empty: {
      title: "No pending requests",
      body: "When a project requests an API that needs approval, the request appears here. Until you approve it, the project's keys are denied for that API.",
    },
    requests: "requests",
    requestsPlan: (plan: string, enabled: boolean) =>
      enabled ? `requests another plan, ${plan}, of` : `requests, on the plan ${plan},`,
    requestedBy: (name: string) => `Requested by ${name}, `,
    message: "Message",
    messageHint: "The project's members can read it.",
    declineHint: "The project's members can read it, and can request access again.",
    decline: {
      label: "Decline…",
      about: (api: string, project: string) => `Decline ${api} for ${project}…`,
      title: (api: string, project: string) => `Decline ${api} for ${project}?`,
      confirm: "Decline",
      effect: "The project's keys stay denied for this API.",
      planEffect: "The project stays on the plan that it has.",
    },
    approve: {
      label: "Approve…",
      about: (api: string, project: string) => `Approve ${api} for ${project}…`,
      title: (api: string, project: string) => `Approve ${api} for ${project}?`,
      confirm: "Approve",
      effect: "Within a second, the project's keys can call this API, unless their restrictions exclude it.",
      planEffect: (plan: string) =>
        `The project moves to the plan ${plan} now, or at the end of the month if it asked for that.`,
    },
  },

  verifiers: {
    title: "Verifiers",
    facts: "The processes that verify keys. A change to a key reaches each verifier within a second.",
    columns: {
      verifier: "Verifier",
      status: "Status",
      behind: "Behind",
      version: "Version",
      lastSeen: "Last seen",
      started: "Started",
    },
    empty: {
      title: "No verifier is running",
      before: "The portal verifies keys itself. Start a verifier with ",
      command: "npm run -s latchkey -- verifier",
      after: ", so that a slow page never delays a verification. It appears here within seconds.",
    },
    details: "All details",
    noneRunning: "No verifier is running. The portal verifies keys itself.",
    upToDate: "Up to date",
    behind: "Behind",
    silent: "Not responding",
    /** Null when nothing is missing. */
    lag: (changes: number, ms: number) =>
      changes === 0 ? null : `${plural(changes, "change")}, ${formatSeconds(ms)}`,
    lagBehind: (lag: string) => `${lag} behind`,
    seen: "seen ",
    localIn: (serviceToken: string) => `Local verification, ${serviceToken}`,
    localServices: (count: number) =>
      `${plural(count, "service")} ${count === 1 ? "verifies" : "verify"} keys locally.`,
  },

  usage: {
    busiest: "Projects by traffic",
    noRequests: (range: string) => `No requests in ${range}.`,
    project: "Project",
    requests: "Requests",
    denied: "Denied",
    share: "Denied share",
    deleted: (name: string) => `${name} (deleted)`,
    deniedByCode: "Denied requests by code",
    noDenied: (range: string) => `None in ${range}.`,
    perSecond: "Requests per second",
    perSecondTip: "In the last full minute",
    empty:
      "Each time a service verifies a key, the request is counted here within seconds, allowed or denied.",
    emptyAction: "View service tokens",
  },
};
