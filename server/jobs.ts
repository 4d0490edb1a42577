import "server-only";
import { HOUR_MS } from "#core/time.ts";
import { recountKeyTotals } from "#domain/admin/totals.ts";
import { sealAudit } from "#domain/audit/seal.ts";
import { type ComparePosition, generateEvents } from "#domain/billing/export/generate.ts";
import { runExports } from "#domain/billing/export/send.ts";
import { closeStatements } from "#domain/billing/statements/close.ts";
import { checkFollowedDocuments } from "#domain/catalog/followed-documents/follow.ts";
import { createContext, SYSTEM } from "#domain/context.ts";
import { AttributeFiller } from "#domain/keys/fill-attributes.ts";
import { sendExpiryReminders } from "#domain/keys/lifecycle/daily/expiry-reminders.ts";
import { runOncePerDay } from "#domain/keys/lifecycle/daily/once-per-day.ts";
import { runDailyJobs } from "#domain/keys/lifecycle/daily/run-daily-jobs.ts";
import { runSweeps } from "#domain/keys/lifecycle/sweeps/run-sweeps.ts";
import { notifyQuotas } from "#domain/keys/limits/notify-quotas.ts";
import { SearchIndexFiller } from "#domain/keys/search/fill-index.ts";
import { evaluateAlerts } from "#domain/notifications/alerts/evaluate.ts";
import { sendNotificationMails } from "#domain/notifications/mail.ts";
import { Deliverer } from "#domain/notifications/webhooks/deliver.ts";
import { endDisabledSubscriptions } from "#domain/plans/end-disabled.ts";
import { notifyOfPlans } from "#domain/plans/notify.ts";
import { readAuthSecrets } from "#domain/secrets/auth-secret.ts";
import { resealAll } from "#domain/secrets/reseal.ts";
import { storeHourSums } from "#domain/usage/hour-sums.ts";
import { deleteExpired } from "#domain/usage/retention/prune.ts";
import { processSingleton } from "#platform/process-singleton.ts";
import { postEvents } from "./billing/post-events.ts";
import { getServices, type Services } from "./context.ts";
import { firstRuns, repeat } from "./job-schedule.ts";
import { onStop } from "./lifecycle.ts";
import { log } from "./log.ts";
import { countJobRun } from "./metrics/job-stats.ts";
import { fetchDocument } from "./outgoing/fetch-document.ts";
import { post } from "./webhooks/post.ts";

/** The portal's background jobs. Each may run in several portals at once. */
interface Job {
  name: string;
  everyMs: number;
  run: (services: Services) => Promise<unknown>;
}

const JOBS: Job[] = [
  { name: "seal the audit log", everyMs: 1_000, run: ({ db }) => sealAudit(db) },
  {
    name: "mail notifications",
    everyMs: 2_000,
    run: async ({ db, sendMail, settings }) =>
      sendMail === null ? 0 : sendNotificationMails({ db, sendMail, settings, now: Date.now }),
  },
  { name: "deliver to webhooks", everyMs: 1_000, run: (services) => deliverer(services).wake() },
  {
    name: "sweeps",
    everyMs: 500,
    run: (services) =>
      runSweeps({
        read: services.db.read,
        clock: () => performance.now(),
        contextFor: ({ userId, name }) =>
          createContext(services, {
            kind: "user",
            userId,
            name,
            siteRole: "admin",
            via: "session",
            ipAddress: null,
          }),
      }),
  },
  {
    name: "log omitted security events",
    everyMs: 60_000,
    run: ({ securityLog }) => securityLog.reportOmitted(),
  },
  {
    name: "quota notifications",
    everyMs: 15_000,
    run: (services) => notifyQuotas(createContext(services, SYSTEM)),
  },
  {
    name: "alerts",
    everyMs: 15_000,
    run: (services) => evaluateAlerts(createContext(services, SYSTEM)),
  },
  {
    name: "expiry reminders",
    everyMs: 60_000,
    run: (services) => sendExpiryReminders(createContext(services, SYSTEM)),
  },
  {
    name: "daily jobs",
    everyMs: 5_000,
    run: (services) => runDailyJobs(createContext(services, SYSTEM)),
  },
  {
    name: "check followed documents",
    everyMs: 60_000,
    run: (services) => {
      const { db, settings } = services;
      const toPrivate = settings.apisToPrivate;
      return runOncePerDay({ db, name: "followed documents", now: Date.now }, (checkpoint) =>
        checkFollowedDocuments(
          createContext(services, SYSTEM),
          (url) => fetchDocument(url, { toPrivate }),
          checkpoint,
        ),
      );
    },
  },
  { name: "reseal secrets", everyMs: 600_000, run: resealSecrets },
  { name: "fill key attributes", everyMs: 1_000, run: ({ db }) => keyAttributes().run(db) },
  { name: "fill the search index", everyMs: 1_000, run: ({ db }) => searchIndex().run(db) },
  {
    name: "count keys",
    everyMs: 15_000,
    run: (services) => recountKeyTotals(createContext(services, SYSTEM)),
  },
  {
    name: "add up usage by hour",
    everyMs: 60_000,
    run: ({ db }) => {
      // A day's last requests are counted within an hour after its end.
      const now = () => Date.now() - HOUR_MS;
      return runOncePerDay({ db, name: "usage by hour", now }, (checkpoint) =>
        storeHourSums(db, now(), checkpoint),
      );
    },
  },
  {
    name: "collect usage for billing",
    everyMs: 30_000,
    run: ({ db }) => generateEvents(db, comparePosition(), Date.now()),
  },
  {
    name: "plan notifications",
    everyMs: 60_000,
    run: (services) => notifyOfPlans(createContext(services, SYSTEM)),
  },
  {
    name: "end plans of disabled APIs",
    everyMs: 600_000,
    run: ({ db }) => endDisabledSubscriptions({ db, now: Date.now }),
  },
  { name: "close statements", everyMs: 15_000, run: ({ db }) => closeStatements({ db, now: Date.now }) },
  {
    name: "export usage for billing",
    everyMs: 2_000,
    run: ({ db, sealer, settings }) =>
      runExports({
        db,
        sealer,
        now: Date.now,
        send: (url, request) => postEvents(url, request, { toPrivate: settings.webhooksToPrivate }),
      }),
  },
  {
    name: "delete expired data",
    everyMs: 600_000,
    run: ({ db }) => deleteExpired({ db, now: Date.now, clock: () => performance.now() }),
  },
];

/** After a rotation of `AUTH_SECRET`: once everything is resealed, the former secret is needed for nothing sealed. */
async function resealSecrets({ db, sealer, settings }: Services): Promise<void> {
  if (readAuthSecrets(settings).accepted.length === 0) return;
  const { unreadableWebhooks, ...resealed } = await resealAll(db, sealer);
  if (Object.values(resealed).some((count) => count > 0))
    log.info({ resealed }, "resealed secrets with the current auth secret");
  if (unreadableWebhooks > 0)
    log.warn({ unreadableWebhooks }, "no accepted auth secret opens the secrets of some webhooks");
}

/** Once per process: which hours were compared with their usage. */
const comparePosition = () =>
  processSingleton<ComparePosition>("billing hours", () => ({ recent: 0, older: 0 }));

/** Once per process: what `latchkey migrate` did not do for keys of an older version. */
const keyAttributes = () =>
  processSingleton("key attributes", () => new AttributeFiller(() => performance.now()));

/** Once per process, as above. */
const searchIndex = () =>
  processSingleton(
    "search index",
    () => new SearchIndexFiller({ now: Date.now, clock: () => performance.now() }),
  );

/** One per process: it tracks deliveries in progress. */
function deliverer({ db, settings, sealer }: Services): Deliverer {
  return processSingleton("deliverer", () => {
    const instance = new Deliverer({
      db,
      sealer,
      now: Date.now,
      url: settings.url,
      send: (url, headers, body) => post(url, headers, body, { toPrivate: settings.webhooksToPrivate }),
      onError: (err) =>
        log.warn({ err }, "could not store the result of a webhook delivery; it will be repeated"),
    });
    onStop("pending deliveries", () => instance.stop());
    return instance;
  });
}

/** Starts the jobs, once per process. A failed job is logged and retried at its next interval. */
export function startJobs(): void {
  processSingleton("jobs", () => {
    const starts = firstRuns(JOBS.length, Math.random());
    for (const [at, job] of JOBS.entries()) keepRunning(job, starts[at] ?? 0);
    return true;
  });
}

function keepRunning({ name, everyMs, run }: Job, firstInMs: number): void {
  const attempt = () =>
    getServices()
      .then(run)
      .then(
        () => countJobRun(name, true, Date.now()),
        (err: unknown) => {
          countJobRun(name, false, Date.now());
          log.warn({ err, job: name }, "a job failed; it will be retried");
        },
      );
  onStop(name, repeat(attempt, { firstInMs, everyMs }));
}
