import type { ApiAccess } from "#db/tables/catalog.ts";
import type { AccessStatus } from "#db/tables/projects.ts";
import type { Page, Person } from "../../fields.ts";

/** An API of the catalogue, and how it stands with one project. */
export interface ProjectApi {
  slug: string;
  name: string;
  description: string;
  access: ApiAccess;
  /** Where the API answers; null when nobody said. */
  baseUrl: string | null;
  /** Null when the project never asked for it. */
  status: AccessStatus | null;
  requestedAt: string | null;
  decidedAt: string | null;
  /** What the administrator who decided said. */
  message: string | null;
}

export interface ProjectApiList {
  items: ProjectApi[];
}

/** An API that the project has enabled, with what can be called of it. */
export interface EnabledApi {
  slug: string;
  name: string;
  operations: { name: string; summary: string | null }[];
  /** Whether these are all of its operations. */
  complete: boolean;
}

export interface EnableResult {
  status: AccessStatus;
}

/** A project that waits to be let in. */
export interface PendingAccess {
  project: { id: string; name: string };
  api: { slug: string; name: string };
  requestedBy: Person;
  requestedAt: string;
}

export type PendingAccessPage = Page<PendingAccess>;
