import type { ProjectRole } from "#db/tables/projects.ts";
import type { Person } from "../../fields.ts";

export interface Member {
  user: Person & { email: string };
  role: ProjectRole;
  since: string;
}

export interface Invitation {
  id: string;
  email: string;
  role: ProjectRole;
  createdAt: string;
  createdBy: Person;
  expiresAt: string;
}

export interface MemberList {
  members: Member[];
  /** Those that wait to be accepted. */
  invitations: Invitation[];
}

export interface InvitationResult {
  invitation: Invitation;
  /** The one-time link to pass on, shown this once; null when it went out by mail. */
  link: string | null;
}

/** What the holder of a project's one-time link is told before they accept. */
export interface InvitationPreview {
  email: string;
  role: ProjectRole;
  project: { id: string; name: string };
  invitedBy: string;
  expiresAt: string;
}

export interface AcceptedInvitation {
  projectId: string;
}
