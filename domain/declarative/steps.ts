import { isDeepStrictEqual } from "node:util";
import type { Ctx } from "../context.ts";

/** A field that a step changes. `before` is absent for something new. No value is ever a secret. */
export interface FieldChange {
  field: string;
  before?: unknown;
  after: unknown;
}

/** What the steps before created, by the name in the file. */
export interface Created {
  /** Ids of projects, by their position in the file. */
  projects: Map<number, string>;
}

/** One change that makes the deployment equal to the declaration. */
export interface DeclarationStep {
  action: "create" | "update" | "enable" | "disable" | "revoke" | "delete";
  /** `policies`, `api`, `plan`, `service token`, `project`, `project API` or `key`. */
  kind: string;
  /** Such as `Chat / checkout server (live)`. */
  name: string;
  changes: FieldChange[];
  /** Returns the secret of what it created, if it has one; with an error if only a part was carried out. */
  run: (ctx: Ctx, created: Created) => Promise<{ secret?: string; error?: unknown } | undefined>;
}

/** The fields that differ from what there is; fields that are left out stay as they are. */
export function differences(
  wanted: Record<string, unknown>,
  current: Record<string, unknown> | null,
): FieldChange[] {
  return Object.entries(wanted).flatMap(([field, after]): FieldChange[] => {
    if (after === undefined) return [];
    if (current === null) return [{ field, after }];
    const before = current[field];
    return isDeepStrictEqual(before, after) ? [] : [{ field, before, after }];
  });
}

/** The changed fields of `wanted`. */
export function pickChanged<Wanted extends object>(
  wanted: Wanted,
  changes: readonly FieldChange[],
): Partial<Wanted> {
  const names = new Set(changes.map(({ field }) => field));
  return Object.fromEntries(Object.entries(wanted).filter(([field]) => names.has(field))) as Partial<Wanted>;
}
