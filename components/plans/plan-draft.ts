import type { PlanLimit, PlanTerms } from "#core/plans/terms.ts";

/** A limit as it is edited. */
export interface LimitDraft {
  id: number;
  name: string;
  operations: string;
  amount: string;
  /** The length of a rate in seconds, or the period of a quota. */
  span: string;
}

/** The limits of a plan as drafts. */
export function draftsOf(limits: readonly PlanLimit[]): LimitDraft[] {
  return limits.map(({ name, operations, rate, quota }, id) => ({
    id,
    name,
    operations: operations ?? "",
    amount: String(rate?.limit ?? quota?.limit ?? ""),
    span: rate ? String(rate.windowSeconds) : (quota?.period ?? "month"),
  }));
}

/** A draft as it is sent. The server validates it. */
export function limitOf({ name, operations, amount, span }: LimitDraft): PlanLimit {
  const limit = Number(amount);
  const isQuota = span === "day" || span === "month";
  return {
    name: name.trim(),
    operations: operations.trim() === "" ? null : operations.trim(),
    rate: isQuota ? null : { limit, windowSeconds: Number(span) },
    quota: isQuota ? { limit, period: span } : null,
  };
}

/** Units by pattern as lines: `export.* 20`. A name that ends in a colon gets another one. */
export function unitsToLines(units: PlanTerms["unitsPerOperation"]): string {
  return Object.entries(units)
    .map(([pattern, amount]) => `${pattern}${pattern.endsWith(":") ? ":" : ""} ${amount}`)
    .join("\n");
}

/**
 * Lines as units by pattern. The last word of a line is the number, and a colon before it separates them. The server rejects
 * other words, and a pattern that is repeated or named `__proto__`: spaces behind it keep it from being lost on the way there.
 */
export function linesToUnits(lines: string): PlanTerms["unitsPerOperation"] {
  const units: PlanTerms["unitsPerOperation"] = {};
  for (const line of lines.split("\n").map((each) => each.trim())) {
    if (line === "") continue;
    const at = line.search(/\s+\S+$/);
    let pattern = at < 0 ? line : line.slice(0, at).replace(/\s*:$/, "");
    while (pattern === "__proto__" || Object.hasOwn(units, pattern)) pattern += " ";
    units[pattern] = at < 0 ? Number.NaN : Number(line.slice(at));
  }
  return units;
}
