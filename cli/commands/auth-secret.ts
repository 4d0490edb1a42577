import { existsSync } from "node:fs";
import { join } from "node:path";
import { plural } from "#core/format.ts";
import { forgetFormerSecrets, readAuthSecrets, rotateStoredSecret } from "#domain/secrets/auth-secret.ts";
import { resealAll } from "#domain/secrets/reseal.ts";
import { sealerWith } from "#domain/secrets/sealer.ts";
import { parseSettings, type Settings } from "#platform/settings.ts";
import { withDb } from "../database.ts";
import { CliError, printLine } from "../output.ts";

/** Replaces the secret in the data directory. The portal uses the new one after its next start. */
export async function rotateAuthSecret(): Promise<void> {
  const { authSecret, dataDir } = parseSettings(process.env);
  if (authSecret !== undefined) {
    throw new CliError(
      "AUTH_SECRET is set: move its value to LATCHKEY_ACCEPTED_AUTH_SECRETS and set AUTH_SECRET to a new one",
    );
  }
  if (!(await rotateStoredSecret(dataDir))) {
    throw new CliError(`${dataDir} has no auth-secret yet; the first start of the portal creates it`);
  }
  printLine("Created a new auth-secret. Restart the portal to use it; the former one is still accepted.");
}

/** Seals everything with the current secret that an accepted one sealed, and reports what is left. */
export async function resealSecrets(): Promise<void> {
  await withSealer(async (reseal) => {
    const { webhooks, exports, factors, unreadableWebhooks } = await reseal();
    printLine(
      `Resealed the secrets of ${plural(webhooks, "webhook")}, ${plural(exports, "billing export")} and ${plural(factors, "authenticator app")}.`,
    );
    if (unreadableWebhooks > 0) {
      throw new CliError(
        `${plural(unreadableWebhooks, "webhook")} can't be opened with any accepted secret; accept the secret that was used before, or rotate the signing secret in the portal (for Slack, enter the URL again)`,
      );
    }
  });
}

/** Stops accepting former secrets of the data directory. First reseals what they sealed. */
export async function forgetAuthSecrets({ now = false }: { now?: boolean }): Promise<void> {
  await withSealer(async (reseal, { dataDir, sessions }) => {
    await reseal();
    // A session that is unused for so long has ended. A used one is renewed with the current secret.
    const renewalMs = Math.min(sessions.idleMs, sessions.maxMs);
    const forgotten = forgetFormerSecrets(dataDir, { minAgeMs: now ? 0 : renewalMs, nowMs: Date.now() });
    if (forgotten === null) {
      throw new CliError(
        `the secret was rotated less than ${lifetime(renewalMs)} ago, as long as unused sessions last, and they may still need the former one; to end those, add --now`,
      );
    }
    printLine(
      forgotten === 0
        ? "There is no former auth-secret."
        : `Deleted ${plural(forgotten, "former secret")}. Restart the portal.`,
    );
  });
}

async function withSealer(
  work: (reseal: () => ReturnType<typeof resealAll>, settings: Settings) => Promise<void>,
): Promise<void> {
  const settings = parseSettings(process.env);
  // Reading would create one, and everything sealed before would count as unreadable.
  if (settings.authSecret === undefined && !existsSync(join(settings.dataDir, "auth-secret"))) {
    throw new CliError(
      `${settings.dataDir} has no auth-secret yet; the first start of the portal creates it`,
    );
  }
  const { current, accepted } = readAuthSecrets(settings);
  const sealer = sealerWith(current, accepted);
  await withDb((db) => work(() => resealAll(db, sealer), settings), settings);
}

function lifetime(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  return minutes % 1_440 === 0 ? plural(minutes / 1_440, "day") : plural(minutes, "minute");
}
