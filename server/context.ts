import { type Db, openDb } from "#db/open.ts";
import { SecurityLog } from "#domain/access/security/log.ts";
import { readBrand } from "#domain/branding/read.ts";
import { type Actor, type Ctx, createContext, type Mail, type Sealer } from "#domain/context.ts";
import { mailer } from "#domain/notifications/mailer.ts";
import { readAuthSecrets } from "#domain/secrets/auth-secret.ts";
import { sealerWith } from "#domain/secrets/sealer.ts";
import { chooseUsageStore } from "#engine/usage/store.ts";
import { clearProcessSingleton, processSingleton } from "#platform/process-singleton.ts";
import { parseSettings, type Settings } from "#platform/settings.ts";
import { backgroundTasks } from "./background.ts";
import { onStop } from "./lifecycle.ts";
import { log } from "./log.ts";
import { markActionStarted } from "./malformed-actions.ts";

/** The singletons of the portal's process. */
export interface Services extends Pick<Ctx, "background"> {
  db: Db;
  settings: Settings;
  /** Null if no mail server is configured. */
  sendMail: ((mail: Mail) => Promise<void>) | null;
  sealer: Sealer;
  securityLog: SecurityLog;
}

/** The process's services, opened on first use. After a failure, the next call tries again. */
export function getServices(): Promise<Services> {
  markActionStarted();
  return processSingleton("services", () => {
    const opening = openServices();
    opening.catch(() => clearProcessSingleton("services"));
    return opening;
  });
}

async function openServices(): Promise<Services> {
  const settings = parseSettings(process.env);
  chooseUsageStore(settings);
  // First what can fail: the next call opens everything again.
  const { current, accepted } = readAuthSecrets(settings);
  const sealer = sealerWith(current, accepted);
  const db = await openDb(settings.databaseUrl);
  onStop("database", () => db.close());
  const securityLog = new SecurityLog({
    db,
    now: Date.now,
    line: (line, alarming) => log[alarming ? "warn" : "info"](line, "security event"),
    onError: (err) => log.warn({ err }, "could not write a security event to the audit log"),
  });
  onStop("security events", () => securityLog.reportOmitted(true));
  const { background, settled } = backgroundTasks((err, task) => log.error({ err, task }, "a task failed"));
  onStop("background tasks", settled);
  return {
    db,
    settings,
    sendMail: mailer(
      settings,
      () => readBrand({ db, now: Date.now }),
      (err) => log.error({ err }, "could not send a mail"),
    ),
    sealer,
    securityLog,
    background,
  };
}

/** The context of `actor`, with the process's services. */
export async function contextFor(actor: Actor): Promise<Ctx> {
  return createContext(await getServices(), actor);
}
