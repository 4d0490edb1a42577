import { existsSync } from "node:fs";
import "#db/quick-import.ts";
import { exitWithNpm } from "./exit-with-npm.ts";
import { errorLine, reportLostOutput } from "./output.ts";
import { program } from "./program.ts";

// Files that this process creates are readable only by its user, even if others can open the data directory.
process.umask(0o077);
exitWithNpm();
reportLostOutput();
try {
  // Next reads `.env` for the portal: the verifier and the commands must see the same settings.
  if (existsSync(".env")) process.loadEnvFile(".env");
  await program().parseAsync();
} catch (error) {
  process.stderr.write(`${errorLine(error)}\n`);
  process.exitCode = 1;
}
