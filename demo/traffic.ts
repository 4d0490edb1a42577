import { DAY_MS, HOUR_MS, startOf } from "#core/time.ts";
import type { Environment, VerdictCode } from "#core/verdict.ts";
import type { CallShare, Rhythm } from "./keys/types.ts";
import { codeAt, endedAt, type KeyLife } from "./lifetimes.ts";
import { noise } from "./random.ts";

/** A source of requests: a key's callers, or (without a key) unknown clients with a wrong one. */
export interface Caller {
  service: string;
  rhythm: Rhythm;
  /** Requests per hour, relative to other callers. */
  weight: number;
  calls: readonly CallShare[];
  key: KeyLife | null;
  /** How long the key's callers take to move to a new secret. */
  adoptMs: number;
}

/** Requests that are counted together, with their relative weight. */
export interface Cell {
  projectId: string;
  keyId: string;
  secretId: string;
  api: string;
  operation: string;
  environment: Environment | "";
  code: VerdictCode;
  weight: number;
}

/** Callers whose secret just expired retry. */
const RETRIES = 5;

/** What `caller` sends at `atMs` and the verdicts, as weights. */
export function cellsAt(caller: Caller, atMs: number): Cell[] {
  const { key } = caller;
  if (!key) return strangersAt(caller);
  if (atMs < key.createdAt) return [];
  const cells: Cell[] = [];
  const stillCalling = shareStillCalling(key, atMs);
  for (const { secret, share } of secretShares(caller, key, atMs)) {
    for (const [api, operation, calls] of caller.calls) {
      const code = codeAt(key, secret, { api, operation }, atMs);
      const tries = code === "KEY_ROTATED" ? RETRIES : 1;
      cells.push({
        projectId: key.project.id,
        keyId: key.id,
        secretId: secret.id,
        api,
        operation,
        environment: key.environment,
        code,
        weight: calls * share * tries * stillCalling,
      });
    }
  }
  return cells;
}

function strangersAt({ calls }: Caller): Cell[] {
  const nobody = { projectId: "", keyId: "", secretId: "", environment: "" } as const;
  return calls.flatMap(([api, operation, share]) => [
    { ...nobody, api, operation, code: "KEY_NOT_FOUND" as const, weight: share * 0.7 },
    { ...nobody, api, operation, code: "KEY_MALFORMED" as const, weight: share * 0.3 },
  ]);
}

/** The share of callers per secret: they move to a new one gradually. */
function secretShares({ adoptMs }: Caller, key: KeyLife, atMs: number) {
  const created = key.secrets.filter((secret) => secret.createdAt <= atMs).reverse();
  let rest = 1;
  return created.map((secret, i) => {
    const isOldest = i === created.length - 1;
    const share = isOldest ? rest : rest * Math.min(1, (atMs - secret.createdAt) / adoptMs);
    rest -= share;
    return { secret, share };
  });
}

/** Callers of an unusable key give up: half of them every two days. */
function shareStillCalling(key: KeyLife, atMs: number): number {
  const end = endedAt(key, atMs);
  return end === null ? 1 : 0.5 ** (1 + (atMs - end) / (2 * DAY_MS));
}

/** The traffic of `caller` in the hour that starts at `hourMs`: daily pattern, growth since `epochMs`, and noise. */
export function trafficFactor(seed: string, caller: Caller, epochMs: number, hourMs: number): number {
  const dayMs = startOf(DAY_MS, hourMs);
  const growth = 0.5 + 0.5 * Math.min(2, (hourMs - epochMs) / (90 * DAY_MS));
  const day = 0.92 + 0.16 * noise(seed, caller.service, "day", dayMs);
  const hour = 0.8 + 0.4 * noise(seed, caller.service, "hour", hourMs);
  return caller.weight * growth * day * hour * rhythmAt(caller.rhythm, hourMs);
}

/** The daily patterns in UTC, each about 1 at its peak. */
function rhythmAt(rhythm: Rhythm, hourMs: number): number {
  const hour = (hourMs % DAY_MS) / HOUR_MS;
  // 1 January 1970 was a Thursday.
  const weekday = (Math.floor(hourMs / DAY_MS) + 4) % 7;
  const weekend = weekday === 0 || weekday === 6;
  switch (rhythm) {
    case "people":
      return (weekend ? 1 : 0.8) * (0.15 + 0.85 * bell(hour, 19.5, 5));
    case "office":
      return weekend ? 0.06 : 0.04 + 0.96 * bell(hour, 13, 3);
    case "batch":
      return (weekend ? 0.7 : 1) * (0.03 + 0.97 * bell(hour, 2.5, 1));
    case "steady":
      return (weekend ? 0.85 : 0.9) + 0.1 * bell(hour, 17, 5);
  }
}

/** 1 at `peak`, decreasing on both sides around the clock. */
function bell(hour: number, peak: number, width: number): number {
  const away = Math.abs(hour - peak);
  const distance = Math.min(away, 24 - away);
  return Math.exp(-0.5 * (distance / width) ** 2);
}
