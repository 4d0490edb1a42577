import type { Limits } from "#core/limits/types.ts";
import type { Environment } from "#core/verdict.ts";
import type { Dialect } from "../dialect.ts";
import type { Accounts } from "./accounts.ts";
import type { Catalog } from "./catalog.ts";

export type ProjectRole = "owner" | "developer" | "viewer";
export type AccessStatus = "enabled" | "pending" | "declined";
/** A secret older than this is due for rotation; `cut` disables the key then. */
export interface SecretAgePolicy {
  maxDays: number;
  cut: boolean;
}
/** What the keys of a project must have. */
export interface KeyRules {
  /** Maximum lifetime from their creation, days; null for no limit. */
  maxLifeDays: Record<Environment, number | null>;
  expiryRequired: boolean;
  /** With `*` and `?`; null for any name. */
  namePattern: string | null;
  descriptionRequired: boolean;
  externalIdRequired: boolean;
  /** A live key can't be used before an owner of its project approved it. */
  approvalRequired: boolean;
  /** What happens to keys that break one of these rules because they are older than it. */
  existingKeys: ExistingKeysAction;
  /** How long their owners are notified before such a key is disabled, days. */
  noticeDays: number;
}
export type ExistingKeysAction = "keep" | "notify" | "disable";
export type InvitationKind = "first-admin" | "site" | "project";

/** Projects, their members, and the APIs they may use. */
export function defineProjects(d: Dialect, { users, apis }: Accounts & Catalog) {
  const projects = d.table("projects", {
    id: d.text("id").primaryKey(),
    name: d.text("name").notNull(),
    createdAt: d.instant("created_at").notNull(),
    createdBy: d
      .text("created_by")
      .notNull()
      .references(() => users.id),
    suspendedAt: d.instant("suspended_at"),
    /** The project's own maximum age of secrets; null for none. */
    secretAge: d.json<SecretAgePolicy>("secret_age"),
    /** The project's own rules for its keys; null for none. */
    keyRules: d.json<KeyRules>("key_rules"),
    /** The project's own limits; null for none. */
    limits: d.json<Limits>("limits"),
    /** Additional limits set by an administrator. */
    ceiling: d.json<Limits>("ceiling"),
    deletedAt: d.instant("deleted_at"),
    /** When someone first saw that a key of the project works, without calling an API; null before that. */
    triedAt: d.instant("tried_at"),
  });

  const memberships = d.table(
    "memberships",
    {
      projectId: d
        .text("project_id")
        .notNull()
        .references(() => projects.id),
      userId: d
        .text("user_id")
        .notNull()
        .references(() => users.id),
      role: d.text<ProjectRole>("role").notNull(),
      createdAt: d.instant("created_at").notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.projectId, t.userId] }), d.index("memberships_user").on(t.userId)],
  );

  /** One-time links: to create the first administrator, to join the site, to join a project. */
  const invitations = d.table(
    "invitations",
    {
      id: d.text("id").primaryKey(),
      kind: d.text<InvitationKind>("kind").notNull(),
      hash: d.text("hash").notNull().unique(),
      /** Null only for the first administrator. */
      email: d.text("email"),
      projectId: d.text("project_id").references(() => projects.id),
      role: d.text<ProjectRole>("role"),
      createdBy: d.text("created_by").references(() => users.id),
      createdAt: d.instant("created_at").notNull(),
      /**
       * When the mail server accepted the link. Null before that, and for links that were shown on a page, which don't
       * verify the address.
       */
      mailedAt: d.instant("mailed_at"),
      expiresAt: d.instant("expires_at").notNull(),
      acceptedAt: d.instant("accepted_at"),
      withdrawnAt: d.instant("withdrawn_at"),
    },
    (t) => [
      d.index("invitations_project").on(t.projectId),
      d.index("invitations_email").on(t.email),
      d.index("invitations_inviter").on(t.createdBy, t.createdAt),
    ],
  );

  const projectApis = d.table(
    "project_apis",
    {
      projectId: d
        .text("project_id")
        .notNull()
        .references(() => projects.id),
      apiId: d
        .text("api_id")
        .notNull()
        .references(() => apis.id, { onDelete: "cascade" }),
      status: d.text<AccessStatus>("status").notNull(),
      requestedBy: d.text("requested_by").notNull(),
      requestedAt: d.instant("requested_at").notNull(),
      /** Why the project needs it, for the administrator who decides. */
      reason: d.text("reason"),
      decidedBy: d.text("decided_by"),
      decidedAt: d.instant("decided_at"),
      /** The deciding administrator's message to the requester. */
      message: d.text("message"),
    },
    (t) => [
      d.primaryKey({ columns: [t.projectId, t.apiId] }),
      d.index("project_apis_status").on(t.status, t.requestedAt),
    ],
  );

  /** The projects whose members may see an API with the visibility `projects`. */
  const apiAudiences = d.table(
    "api_audiences",
    {
      apiId: d
        .text("api_id")
        .notNull()
        .references(() => apis.id, { onDelete: "cascade" }),
      projectId: d
        .text("project_id")
        .notNull()
        .references(() => projects.id),
    },
    (t) => [
      d.primaryKey({ columns: [t.apiId, t.projectId] }),
      d.index("api_audiences_project").on(t.projectId),
    ],
  );

  return { projects, memberships, invitations, projectApis, apiAudiences };
}

export type Projects = ReturnType<typeof defineProjects>;

/** Policies that administrators set for the whole site. */
export function definePolicies(d: Dialect) {
  const policies = d.table("policies", {
    name: d.text("name").primaryKey(),
    value: d.json<Record<string, unknown>>("value").notNull(),
    updatedAt: d.instant("updated_at").notNull(),
    updatedBy: d.text("updated_by").notNull(),
  });
  return { policies };
}
