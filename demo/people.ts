import type { SiteRole } from "#db/tables/accounts.ts";
import type { AccessStatus, ProjectRole } from "#db/tables/projects.ts";

export interface DemoPerson {
  name: string;
  email: string;
  siteRole: SiteRole;
  joinedDaysAgo: number;
  /** Left the company: the account is disabled, but the keys they created keep working. */
  disabledDaysAgo?: number;
}

export const DEMO_PEOPLE = {
  ada: { name: "Ada Okafor", email: "admin@demo.example", siteRole: "admin", joinedDaysAgo: 320 },
  bruno: { name: "Bruno Keller", email: "developer@demo.example", siteRole: "developer", joinedDaysAgo: 312 },
  chiara: { name: "Chiara Russo", email: "chiara@demo.example", siteRole: "developer", joinedDaysAgo: 305 },
  devika: { name: "Devika Rao", email: "devika@demo.example", siteRole: "developer", joinedDaysAgo: 261 },
  elif: { name: "Elif Yılmaz", email: "elif@demo.example", siteRole: "developer", joinedDaysAgo: 198 },
  grace: { name: "Grace Lindqvist", email: "grace@demo.example", siteRole: "developer", joinedDaysAgo: 120 },
  hugo: {
    name: "Hugo Martins",
    email: "hugo@demo.example",
    siteRole: "developer",
    joinedDaysAgo: 300,
    disabledDaysAgo: 20,
  },
} as const satisfies Record<string, DemoPerson>;

export type PersonName = keyof typeof DEMO_PEOPLE;

export interface DemoAccess {
  api: string;
  status: AccessStatus;
  askedDaysAgo: number;
  decidedDaysAgo?: number;
  /** Why the project asked for access. */
  reason?: string;
  message?: string;
}

export interface DemoProject {
  name: string;
  createdDaysAgo: number;
  deletedDaysAgo?: number;
  /** The first one created it. */
  members: [person: PersonName, role: ProjectRole][];
  formerMembers?: [person: PersonName, role: ProjectRole, leftDaysAgo: number][];
  apis: DemoAccess[];
}

export const DEMO_PROJECTS = {
  mobile: {
    name: "Parley apps",
    createdDaysAgo: 298,
    members: [
      ["bruno", "owner"],
      ["ada", "owner"],
      ["devika", "developer"],
      ["elif", "developer"],
      ["grace", "viewer"],
    ],
    formerMembers: [["hugo", "developer", 20]],
    apis: [
      { api: "live", status: "enabled", askedDaysAgo: 297 },
      { api: "badges", status: "enabled", askedDaysAgo: 297 },
      {
        api: "offers",
        status: "enabled",
        askedDaysAgo: 180,
        decidedDaysAgo: 179,
        reason: "Our apps' home screen will show a carousel of current campaigns.",
        message: "For the carousel.",
      },
    ],
  },
  studio: {
    name: "Creator studio",
    createdDaysAgo: 255,
    members: [
      ["devika", "owner"],
      ["bruno", "developer"],
      ["ada", "developer"],
      ["grace", "viewer"],
    ],
    apis: [
      { api: "live", status: "enabled", askedDaysAgo: 255 },
      { api: "badges", status: "enabled", askedDaysAgo: 140 },
      {
        api: "offers",
        status: "pending",
        askedDaysAgo: 2,
        reason: "Creators should see which of their streams run a campaign. We read the list once an hour.",
      },
    ],
  },
  growth: {
    name: "Growth",
    createdDaysAgo: 290,
    members: [
      ["chiara", "owner"],
      ["elif", "developer"],
      ["ada", "viewer"],
    ],
    apis: [
      { api: "offers", status: "enabled", askedDaysAgo: 290, decidedDaysAgo: 289 },
      { api: "badges", status: "enabled", askedDaysAgo: 240 },
    ],
  },
  bots: {
    name: "Community bots",
    createdDaysAgo: 160,
    members: [
      ["elif", "owner"],
      ["bruno", "developer"],
      ["ada", "viewer"],
      ["chiara", "viewer"],
    ],
    apis: [
      { api: "badges", status: "enabled", askedDaysAgo: 160 },
      { api: "live", status: "enabled", askedDaysAgo: 130 },
      {
        api: "offers",
        status: "declined",
        askedDaysAgo: 48,
        decidedDaysAgo: 46,
        reason: "The welcome bot should mention coupons that fit a new member.",
        message: "Bots may not read purchase data. Ask the Growth team for a feed without it.",
      },
    ],
  },
  summit: {
    name: "Creator summit",
    createdDaysAgo: 210,
    deletedDaysAgo: 33,
    members: [
      ["devika", "owner"],
      ["ada", "viewer"],
    ],
    apis: [{ api: "badges", status: "enabled", askedDaysAgo: 209 }],
  },
} as const satisfies Record<string, DemoProject>;

export type ProjectName = keyof typeof DEMO_PROJECTS;
