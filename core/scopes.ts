/** The parts of the management API. Each has a scope to read and one to write. */
const PARTS = ["projects", "members", "keys", "usage", "audit", "catalogue", "admin"] as const;

/** A permission of a management token. A token never has more rights than its user, or than its role in its project. */
export type ManagementScope = `${(typeof PARTS)[number]}:${"read" | "write"}`;

export const MANAGEMENT_SCOPES: readonly ManagementScope[] = PARTS.flatMap(
  (part) => [`${part}:read`, `${part}:write`] as const,
);

/** Allows a token to invite people and change members. Only tokens for which it was selected have it. */
export const MEMBERS_WRITE = "members:write" satisfies ManagementScope;

/** The scopes of a token that was created without a selection. */
export const DEFAULT_SCOPES: readonly ManagementScope[] = MANAGEMENT_SCOPES.filter(
  (scope) => scope !== MEMBERS_WRITE,
);

/** The role of a project's token. It is never an owner: owners decide who may act. */
export const PROJECT_TOKEN_ROLES = ["viewer", "developer"] as const;
export type ProjectTokenRole = (typeof PROJECT_TOKEN_ROLES)[number];

const VIEWER_SCOPES = [
  "projects:read",
  "keys:read",
  "usage:read",
  "catalogue:read",
] as const satisfies ManagementScope[];

/** What a project's token may do, by its role: the scopes that have an effect for that role. */
export const PROJECT_TOKEN_SCOPES: Readonly<Record<ProjectTokenRole, readonly ManagementScope[]>> = {
  viewer: VIEWER_SCOPES,
  developer: [...VIEWER_SCOPES, "projects:write", "keys:write"],
};
