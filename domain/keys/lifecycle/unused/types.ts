import type { RestrictionKind } from "#core/restrictions/kinds.ts";
import type { Page, Person } from "../../../fields.ts";
import type { Key } from "../../schema.ts";

/** An active key that nobody uses, with the facts needed to decide whether to revoke it. */
export interface UnusedKey extends Omit<Key, "restrictions" | "trial"> {
  /** How many entries of each kind its restrictions have. */
  entries: Record<RestrictionKind, number>;
  /** Slugs of the APIs that it is restricted to. */
  apis: string[];
  projectName: string;
  /** The project's owners. */
  owners: Person[];
  /** The latest of its last use, its creation and the time it was last restored or enabled. */
  idleSince: string;
  /** Age of the current secret, whole days. */
  secretAgeDays: number;
  /** The policy skips it until then. */
  exemption: Exemption | null;
}

export interface Exemption {
  reason: string;
  until: string;
  by: string;
}

export interface UnusedPage extends Page<UnusedKey> {
  /** How many there are; not counted beyond `MAX_UNUSED_COUNTED`. */
  total: number;
}
