import { createServer } from "node:net";
import { CliError } from "./output.ts";

/** Refuses to start on a port that is taken, before anything else is done; `setting` is what to change. */
export function requireFreePort(port: number, host: string | undefined, setting: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const why =
        error.code === "EADDRINUSE" ? "is in use by another process" : `can't be listened on (${error.code})`;
      reject(new CliError(`port ${port} ${why}; set ${setting} to another`));
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
