import type { RestrictionKind } from "#core/restrictions/kinds.ts";
import type { Page, Person } from "../../../fields.ts";
import type { Key } from "../../schema.ts";

/** A key that stands and that nobody uses, with what has to be known before it goes. */
export interface UnusedKey extends Omit<Key, "restrictions" | "trial"> {
  /** How many entries of each kind its restrictions have. */
  entries: Record<RestrictionKind, number>;
  /** Slugs of the APIs that it is restricted to. */
  apis: string[];
  projectName: string;
  /** The project's owners. */
  owners: Person[];
  /** Its last use or its making, or since it stands again (restored, switched on), whichever is the latest. */
  idleSince: string;
  /** Age of the current secret, whole days. */
  secretAgeDays: number;
  /** The standing policy leaves it alone until then. */
  exemption: Exemption | null;
}

export interface Exemption {
  reason: string;
  until: string;
  by: string;
}

export interface UnusedPage extends Page<UnusedKey> {
  /** How many there are; not counted beyond `UNUSED_COUNTED_MOST`. */
  total: number;
}
