import { CliError, printLine } from "../output.ts";
import { requireFreePort } from "../ports.ts";
import { type ProcessSpec, supervise } from "../supervise.ts";
import { requireUsableDatabase } from "./single-process.ts";
import { localUrl, WITHOUT_AUTH_SECRETS } from "./start.ts";

const MAX_WORKERS = 64;

/**
 * Runs several verifier processes that share one port, until a signal stops them. Each also listens on a separate
 * port, counted up from the shared port, so that each can be probed.
 */
export async function workers(count: string): Promise<void> {
  const amount = Number(count);
  if (!Number.isInteger(amount) || amount < 1 || amount > MAX_WORKERS) {
    throw new CliError(`--workers must be a number from 1 to ${MAX_WORKERS}`);
  }
  const settings = await requireUsableDatabase({ needsAuthSecret: false });
  const { verifierPort: shared, host } = settings;
  const own = Array.from({ length: amount }, (_, at) => shared + 1 + at);
  for (const port of [shared, ...own]) await requireFreePort(port, host, "VERIFIER_PORT");
  const specs = own.map(
    (port, at): ProcessSpec => ({
      name: `verifier ${at + 1}`,
      file: "verifier/main.ts",
      env: { ...WITHOUT_AUTH_SECRETS, LATCHKEY_WORKER_PORT: String(port) },
      drainDelayMs: settings.drainDelaySeconds * 1_000,
      readyUrl: localUrl(settings, port, "/readyz"),
      liveUrl: localUrl(settings, port, "/livez"),
    }),
  );
  await supervise(specs, async () =>
    printLine(`${amount} verifiers listen on port ${shared}; press Ctrl-C to stop`),
  );
}
