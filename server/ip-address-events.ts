import { iso } from "#core/time.ts";
import { EVENTS_OMITTED } from "#domain/access/security/events.ts";
import { EventLimiter } from "#domain/access/security/limiter.ts";
import { log } from "./log.ts";

/** In 10 minutes, as for other security events. */
const LOGGED = { total: 100, perSource: 10 };

/**
 * Logs an event about requests that belong to no account, by IP address: lines only, without rows of the audit log. What
 * 10 minutes leave out is logged with the first event after them.
 */
export function ipAddressEventLog(event: string): (ipAddress: string | null) => void {
  const limiter = new EventLimiter(() => LOGGED);
  return (ipAddress) => {
    const now = Date.now();
    for (const { count, since } of limiter.takeOmitted(now))
      log.warn({ event: EVENTS_OMITTED, of: event, leftOut: count, since: iso(since) });
    if (limiter.admit(event, ipAddress ?? "unknown", now)) log.warn({ event, address: ipAddress });
  };
}
