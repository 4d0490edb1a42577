import { createServer } from "node:net";
import { CliError } from "./output.ts";

/** Throws if the port cannot be listened on. `setting` is the setting to change. */
export function requireFreePort(port: number, host: string | undefined, setting: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "is already in use" : `cannot be used (${error.code})`;
      reject(new CliError(`port ${port} ${why}; set ${setting} to a free port`));
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
