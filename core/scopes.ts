/** The parts of the management API; each is read or written. */
const PARTS = ["projects", "members", "keys", "usage", "audit", "catalogue", "admin"] as const;

/** What a management token may do, out of what its user may do. */
export type ManagementScope = `${(typeof PARTS)[number]}:${"read" | "write"}`;

export const MANAGEMENT_SCOPES: readonly ManagementScope[] = PARTS.flatMap(
  (part) => [`${part}:read`, `${part}:write`] as const,
);

/** Lets a token invite people to projects and change members. No token has it unless it was chosen. */
export const MEMBERS_WRITE = "members:write" satisfies ManagementScope;

/** The scopes of a token for which none were chosen. */
export const DEFAULT_SCOPES: readonly ManagementScope[] = MANAGEMENT_SCOPES.filter(
  (scope) => scope !== MEMBERS_WRITE,
);
