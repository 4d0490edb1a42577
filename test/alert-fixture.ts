import type { Ctx, Mail } from "#domain/context.ts";
import { evaluateAlerts } from "#domain/notifications/alerts/evaluate.ts";
import { createAlert } from "#domain/notifications/alerts/manage.ts";
import { createAlertSchema } from "#domain/notifications/alerts/schema.ts";
import { listNotifications } from "#domain/notifications/list.ts";
import { createKeyWithTraffic, type KeyWithTraffic } from "./key-with-traffic.ts";
import { ctxOf } from "./people.ts";

/** Denied by `restrict`. */
export const DENIED = { clientIp: "192.0.2.9" };
export const ALLOWED = { clientIp: "203.0.113.9" };

/** A key with traffic, and the job that evaluates the alerts of its project. */
export interface AlertSite {
  fixture: KeyWithTraffic;
  system: Ctx;
  /** What was mailed. */
  mails: Mail[];
}

export async function alertSite(): Promise<AlertSite> {
  const fixture = await createKeyWithTraffic();
  const mails: Mail[] = [];
  const sendMail = async (mail: Mail) => void mails.push(mail);
  const system = { ...ctxOf(fixture.db, { kind: "system" }, { clock: fixture.clock }), sendMail };
  return { fixture, system, mails };
}

export function alertHelpers(site: () => AlertSite) {
  const notices = async (ctx = site().fixture.ctx) =>
    (await listNotifications({ ctx, input: { limit: 50, unread: false } })).items;
  return {
    alert(rule: object, more: object = {}) {
      const { ctx, projectId } = site().fixture;
      return createAlert({ ctx, input: createAlertSchema.parse({ projectId, rule, ...more }) });
    },
    /** Counts what was called, and evaluates. */
    async evaluate(): Promise<number> {
      const { fixture, system } = site();
      await fixture.checks.count();
      return evaluateAlerts(system);
    },
    notices,
    kinds: async (ctx?: Ctx) => (await notices(ctx)).map(({ kind }) => kind),
    restrict: () =>
      site().fixture.change({
        restrictions: { ips: ["203.0.113.0/24"], referrers: [], apps: { android: [], ios: [] }, apis: [] },
      }),
  };
}
