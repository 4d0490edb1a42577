import { DomainError } from "./errors.ts";

/**
 * Refuses limits, which this version can't hold calls to, rather than store them and let calls through. Throws
 * `not-supported` that names each.
 */
export function refuseLimits(limits: { rate?: unknown; quota?: unknown } | undefined): void {
  const errors = (["rate", "quota"] as const)
    .filter((limit) => limits?.[limit] !== undefined && limits[limit] !== null)
    .map((limit) => ({
      path: `limits.${limit}`,
      message: "This version can't enforce it yet, so it is not saved.",
    }));
  if (errors.length > 0) {
    throw new DomainError(
      "not-supported",
      `This version of Latchkey can't enforce ${errors.map(({ path }) => path).join(", ")} yet. Leave it out.`,
      { errors },
    );
  }
}
