const THIN = "\u202f";

/** 12 431 with thin separators: grouped from four digits on, so that columns line up. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, THIN);
}

const STEPS = [
  { from: 1e9, unit: "G" },
  { from: 1e6, unit: "M" },
  { from: 1e3, unit: "k" },
] as const;

/** 12.4k for tight places; whole below 10 000. */
export function compactCount(count: number): string {
  if (count < 10_000) return formatCount(count);
  for (const { from, unit } of STEPS) {
    // Cut rather than round: 999 999 is not yet 1M.
    if (count >= from) return `${trim(Math.floor((count / from) * 10) / 10)}${unit}`;
  }
  return formatCount(count);
}

function trim(value: number): string {
  return value >= 100 ? String(Math.floor(value)) : value.toFixed(1).replace(/\.0$/, "");
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS = [
  { ms: 365 * DAY, name: "year" },
  { ms: 30 * DAY, name: "month" },
  { ms: DAY, name: "day" },
  { ms: HOUR, name: "hour" },
  { ms: MINUTE, name: "minute" },
] as const;

/** "3 hours ago", "in 5 days", "just now". Whole units, cut: 47 hours is still 1 day. */
export function relativeTime(at: number, now: number): string {
  const distance = Math.abs(at - now);
  for (const { ms, name } of UNITS) {
    if (distance < ms) continue;
    const count = Math.floor(distance / ms);
    const words = `${count} ${name}${count === 1 ? "" : "s"}`;
    return at < now ? `${words} ago` : `in ${words}`;
  }
  // A clock that is a little behind must not put what just happened into the future.
  return at <= now + MINUTE / 2 ? "just now" : "in under a minute";
}

/** How long, in the largest whole unit: "5 days". For "expires in …" and the like. */
export function duration(ms: number): string {
  for (const unit of UNITS) {
    if (ms < unit.ms) continue;
    const count = Math.floor(ms / unit.ms);
    return `${count} ${unit.name}${count === 1 ? "" : "s"}`;
  }
  return "under a minute";
}

const EXACT: Intl.DateTimeFormatOptions = {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hour12: false,
  timeZoneName: "short",
};

/** "Mon 23 Nov 2026, 14:02:31 CET", in the reader's zone unless one is given. */
export function exactTime(at: number, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", { ...EXACT, timeZone }).format(at);
}

/** "23 Nov 2026" in a zone: the reader's, or UTC for a period of a quota. */
export function dayOf(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone,
  }).format(at);
}
