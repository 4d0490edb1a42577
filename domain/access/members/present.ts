import { iso } from "#core/time.ts";
import type { Tables } from "#db/schema.ts";
import type { Invitation } from "./types.ts";

type InvitationRow = Pick<
  Tables["invitations"]["$inferSelect"],
  "id" | "email" | "role" | "createdBy" | "createdAt" | "expiresAt"
>;

/** A project's invitation as its owners see it: without the token, which only the link holds. */
export function presentInvitation(row: InvitationRow, createdByName: string): Invitation {
  return {
    id: row.id,
    email: row.email ?? "",
    role: row.role ?? "viewer",
    createdAt: iso(row.createdAt),
    createdBy: { id: row.createdBy ?? "", name: createdByName },
    expiresAt: iso(row.expiresAt),
  };
}
