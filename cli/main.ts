import { existsSync, readFileSync } from "node:fs";
import { Command } from "commander";
import "#db/private-files.ts";
import "#db/quick-import.ts";
import { errorLine } from "./output.ts";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** The `latchkey` command. Each subcommand is loaded when it is called, so that `--help` is quick. */
function program(): Command {
  const latchkey = new Command("latchkey")
    .description("A self-hosted portal for API keys, and the check that services make on them.")
    .version(version)
    .showSuggestionAfterError(false);

  latchkey
    .command("start")
    .description("build if needed, migrate, and run the portal and a verifier")
    .action(async () => (await import("./commands/start.ts")).start());
  latchkey
    .command("demo")
    .description("the same on a data directory of its own, filled with a living example")
    .option("--fresh", "throw the demo's data away first")
    .action(async (options) => (await import("./commands/demo.ts")).demo(options));
  latchkey
    .command("portal")
    .description("run only the portal")
    .action(async () => (await import("./commands/alone.ts")).portal());
  latchkey
    .command("verifier")
    .description("run only a verifier")
    .option("--workers <count>", "as so many processes on one port, for as many cores")
    .action(async ({ workers }) =>
      workers === undefined
        ? (await import("./commands/alone.ts")).verifier()
        : (await import("./commands/workers.ts")).workers(workers),
    );
  latchkey
    .command("migrate")
    .description("bring the database to this version's schema")
    .action(async () => (await import("./commands/migrate.ts")).migrate());
  latchkey
    .command("doctor")
    .description("look at settings, database, disk, verifiers and clock")
    .option("--audit", "walk the audit log's hash chain instead")
    .option("--audit-head <hash>", "with --audit: a head noted earlier, which must be in it")
    .action(async ({ audit, auditHead }) =>
      audit || auditHead
        ? (await import("./commands/doctor-audit.ts")).doctorAudit(auditHead ?? null)
        : (await import("./commands/doctor.ts")).doctor(),
    );
  latchkey
    .command("link")
    .description("print a new one-time link to make the first administrator")
    .action(async () => (await import("./commands/link.ts")).link());

  const user = latchkey.command("user").description("accounts of people");
  user
    .command("create")
    .description("make an account; its password comes on standard input")
    .requiredOption("--email <email>", "what they sign in with")
    .requiredOption("--name <name>", "what others call them")
    .requiredOption("--role <role>", "admin or developer")
    .option("--password-stdin", "read the password from standard input")
    .action(async (options) => (await import("./commands/user.ts")).createUser(options));

  const token = latchkey.command("token").description("management tokens of scripts");
  token
    .command("create")
    .description("print a new management token of a user, and nothing else")
    .requiredOption("--user <email>", "whose rights it has")
    .requiredOption("--name <name>", "what it is for")
    .action(async (options) => (await import("./commands/token.ts")).createToken(options));
  return latchkey;
}

try {
  // Next reads it for the pages anyway: the verifier and the commands must see the same settings.
  if (existsSync(".env")) process.loadEnvFile(".env");
  await program().parseAsync();
} catch (error) {
  process.stderr.write(`${errorLine(error)}\n`);
  process.exitCode = 1;
}
