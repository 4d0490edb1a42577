import { CliError, say } from "../output.ts";
import { requireFreePort } from "../ports.ts";
import { type Supervised, supervise } from "../supervise.ts";
import { ready } from "./alone.ts";
import { localUrl } from "./start.ts";

const MOST = 64;

/**
 * Runs a verifier as several processes that share one port, until a signal ends them. Each also answers at a
 * port of its own, counted on from the shared one: so that each can be asked how it is.
 */
export async function workers(count: string): Promise<void> {
  const amount = Number(count);
  if (!Number.isInteger(amount) || amount < 1 || amount > MOST) {
    throw new CliError(`--workers takes a number from 1 to ${MOST}`);
  }
  const settings = await ready({ needsAuthSecret: false });
  const { verifierPort: shared, host } = settings;
  const own = Array.from({ length: amount }, (_, at) => shared + 1 + at);
  for (const port of [shared, ...own]) await requireFreePort(port, host, "VERIFIER_PORT");
  const specs = own.map(
    (port, at): Supervised => ({
      name: `verifier ${at + 1}`,
      file: "verifier/main.ts",
      env: { LATCHKEY_WORKER_PORT: String(port) },
      lingerMs: settings.lingerSeconds * 1_000,
      readyUrl: localUrl(settings, port, "/readyz"),
      liveUrl: localUrl(settings, port, "/livez"),
    }),
  );
  await supervise(specs, async () => say(`${amount} verifiers answer at port ${shared}; Ctrl-C ends them`));
}
