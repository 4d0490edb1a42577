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

/** Units by pattern as lines: `export.* 20`. */
export function unitsToLines(units: PlanTerms["unitsPerOperation"]): string {
  return Object.entries(units)
    .map(([pattern, amount]) => `${pattern} ${amount}`)
    .join("\n");
}

/** Lines as units by pattern. The last word of a line is the number. The server rejects other words. */
export function linesToUnits(lines: string): PlanTerms["unitsPerOperation"] {
  const entries = lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line): [string, number] => {
      const at = line.search(/\s+\S+$/);
      return at < 0 ? [line, Number.NaN] : [line.slice(0, at), Number(line.slice(at))];
    });
  return Object.fromEntries(entries);
}
