import { readFileSync } from "node:fs";
import { Command } from "commander";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** The `latchkey` command. Each subcommand is loaded only when it is called, to keep `--help` fast. */
export function program(): Command {
  const latchkey = new Command("latchkey")
    .description(
      "A self-hosted developer portal for API keys, and the verifier that services call to check them.",
    )
    .version(version)
    .showSuggestionAfterError(false);

  addProcesses(latchkey);
  addMaintenance(latchkey);
  addAccounts(latchkey);
  addAuthSecret(latchkey);
  addKeys(latchkey);
  addDeclarations(latchkey);
  addTokens(latchkey);
  return latchkey;
}

/** The processes, for production and for work on the code. */
function addProcesses(latchkey: Command): void {
  latchkey
    .command("start")
    .description("build if needed, migrate, and run the portal and a verifier")
    .action(async () => (await import("./commands/start.ts")).start());
  latchkey
    .command("build")
    .description("build the portal, unless there is a build of this version")
    .action(async () => (await import("./build.ts")).ensureBuild());
  latchkey
    .command("demo")
    .description("run the portal and a verifier with example data, in a separate data directory")
    .option("--fresh", "delete the demo's data first")
    .action(async (options) => (await import("./commands/demo.ts")).demo(options));
  latchkey
    .command("dev")
    .description("run the demo with hot reload, for work on the code")
    .option("--fresh", "delete the demo's data first")
    .action(async (options) => (await import("./commands/demo.ts")).dev(options));
  latchkey
    .command("portal")
    .description("run only the portal")
    .action(async () => (await import("./commands/single-process.ts")).portal());
  latchkey
    .command("verifier")
    .description("run only a verifier")
    .option("--workers <count>", "number of processes that share the port, for several cores")
    .action(async ({ workers }) =>
      workers === undefined
        ? (await import("./commands/single-process.ts")).verifier()
        : (await import("./commands/workers.ts")).workers(workers),
    );
}

/** What an operator does with a whole deployment. */
function addMaintenance(latchkey: Command): void {
  latchkey
    .command("migrate")
    .description("migrate the database to the schema of this version")
    .action(async () => (await import("./commands/migrate.ts")).migrate());
  latchkey
    .command("doctor")
    .description(
      "check the settings, files, disk, backup, database, verifiers, clock and configured services",
    )
    .option("--json", "print one JSON object instead of lines")
    .option("--audit", "verify the hash chain of the audit log instead")
    .option("--audit-head <hash>", "with --audit: an earlier head hash that the chain must contain")
    .action(async ({ audit, auditHead, json }) =>
      audit || auditHead
        ? (await import("./commands/doctor-audit.ts")).doctorAudit(auditHead ?? null)
        : (await import("./commands/doctor.ts")).doctor({ json }),
    );
  latchkey
    .command("backup")
    .description("write a consistent copy of everything to a new directory, while it runs")
    .argument("<directory>", "a directory that does not exist or is empty")
    .option("--passphrase-file <file>", "include the auth secret, sealed with the passphrase in this file")
    .action(async (dir, options) => (await import("./commands/backup.ts")).backup(dir, options));
  latchkey
    .command("restore")
    .description("fill the database with a backup, in one transaction")
    .argument("<directory>", "a backup")
    .option("--force", "replace everything in a database that is not empty")
    .option("--keep-sessions", "do not end the sessions in the backup")
    .option("--passphrase-file <file>", "restore the auth secret too")
    .action(async (dir, options) => (await import("./commands/restore.ts")).restore(dir, options));
  latchkey
    .command("move")
    .description("copy everything from SQLite to an empty Postgres database")
    .option("--to <url>", "postgres://… of the new database")
    .option("--to-file <file>", "a file with that URL, because the process list shows options")
    .action(async (options) => (await import("./commands/move.ts")).move(options));
  latchkey
    .command("usage")
    .description("manage where counts of requests are stored")
    .command("copy")
    .description(
      "copy the counts of the database to the ClickHouse of USAGE_URL, while everything is stopped",
    )
    .action(async () => (await import("./commands/usage.ts")).copyUsage());
}

/** Accounts, and the link for the first one. */
function addAccounts(latchkey: Command): void {
  latchkey
    .command("link")
    .description("print a new one-time link that creates the first administrator")
    .action(async () => (await import("./commands/user.ts")).link());

  const user = latchkey.command("user").description("manage accounts");
  user
    .command("create")
    .description("create an account; the password is read from standard input")
    .requiredOption("--email <email>", "the email address to sign in with")
    .requiredOption("--name <name>", "the name that others see")
    .requiredOption("--role <role>", "admin or developer")
    .option("--password-stdin", "read the password from standard input")
    .action(async (options) => (await import("./commands/user.ts")).createUser(options));
  user
    .command("list")
    .description("list the accounts: email address, site role, status and name, separated by tabs")
    .action(async () => (await import("./commands/user.ts")).listUsers());
  user
    .command("reset-password")
    .description("print a one-time link that lets a user choose a new password within 30 minutes")
    .requiredOption("--email <email>", "the email address of the account")
    .action(async (options) => (await import("./commands/user.ts")).resetPassword(options));
  user
    .command("change-email")
    .description("change the email address of an account, which then is not verified")
    .requiredOption("--email <email>", "the current email address of the account")
    .requiredOption("--to <email>", "the new email address")
    .action(async (options) => (await import("./commands/user.ts")).changeEmail(options));
  user
    .command("delete")
    .description("delete an account, and its name and email address everywhere")
    .requiredOption("--email <email>", "the email address of the account")
    .option("--yes", "really delete it")
    .action(async (options) => (await import("./commands/user.ts")).deleteUser(options));
  user
    .command("disable-mfa")
    .description("remove the second factor of a user who lost it, and end their sessions")
    .requiredOption("--email <email>", "the email address of the account")
    .action(async (options) => (await import("./commands/user.ts")).disableMfa(options));
}

/** The secret that sessions and stored secrets are encrypted with. */
function addAuthSecret(latchkey: Command): void {
  const authSecret = latchkey
    .command("auth-secret")
    .description(
      "rotate the secret that encrypts session cookies and the secrets of webhooks, billing exports and authenticator apps",
    );
  authSecret
    .command("rotate")
    .description("replace the secret in the data directory; the former one is still accepted")
    .action(async () => (await import("./commands/auth-secret.ts")).rotateAuthSecret());
  authSecret
    .command("reseal")
    .description(
      "encrypt these secrets with the current one now (a running portal does this within ten minutes)",
    )
    .action(async () => (await import("./commands/auth-secret.ts")).resealSecrets());
  authSecret
    .command("forget")
    .description(
      "delete the former secrets in the data directory, once sessions that were not used since the rotation have ended",
    )
    .option("--now", "delete them earlier, which ends sessions that were not used since")
    .action(async (options) => (await import("./commands/auth-secret.ts")).forgetAuthSecrets(options));
}

function addKeys(latchkey: Command): void {
  latchkey
    .command("keys")
    .description("manage the keys of a project")
    .command("import")
    .description(
      "create keys for tokens that another system issued; a run that was interrupted continues where it stopped",
    )
    .argument("<file>", "CSV with a line of column names, or a JSON object per line")
    .requiredOption("--project <id>", "the project that gets the keys")
    .requiredOption("--user <email>", "a developer of the project")
    .option("--prefix <text>", "how every token starts; leave it out for tokens without a common start")
    .option("--length <number>", "how long the tokens are: 40, or a range such as 40-64")
    .option("--map <column=field>", "the field of a column; repeat it for several", collect, [])
    .option("--set <field=value>", "a value for rows without one; repeat it for several", collect, [])
    .option("--dry-run", "check every row and print its result, without importing")
    .option("--json", "print one line of JSON for each row, and one for the totals")
    .action(async (file, options) => (await import("./commands/keys.ts")).importFile(file, options));
}

/** Projects, APIs and keys as a file. */
function addDeclarations(latchkey: Command): void {
  latchkey
    .command("apply")
    .description(
      "show a plan, then change projects, APIs, plans, policies, service tokens and keys to match a file",
    )
    .requiredOption("-f, --file <file>", "YAML or JSON; - for standard input")
    .requiredOption("--user <email>", "the user whose permissions it has")
    .option("--dry-run", "only print the plan")
    .option("--yes", "carry out the plan without asking")
    .option("--prune", "also end what is missing in a list of the file: keys and service tokens are revoked")
    .option("--json", "print JSON: the plan with --dry-run, otherwise one line for each step")
    .action(async (options) => (await import("./commands/apply.ts")).apply(options));
  latchkey
    .command("export")
    .description("print what apply reads, without secrets")
    .requiredOption(
      "--user <email>",
      "the user whose permissions it has: an administrator exports everything",
    )
    .option("--project <id>", "only this project; repeat it for several", collect, [])
    .action(async (options) => (await import("./commands/apply.ts")).exportFile(options));
}

function addTokens(latchkey: Command): void {
  const token = latchkey.command("token").description("manage management tokens");
  token
    .command("create")
    .description("create a management token for a user or a project and print only the token")
    .requiredOption(
      "--user <email>",
      "the user whose permissions it has; with --project, an owner of the project",
    )
    .requiredOption("--name <name>", "what the token is for")
    .option("--project <id>", "create a token of this project, which does not end with the user")
    .option("--role <role>", "with --project: viewer or developer")
    .action(async (options) => (await import("./commands/token.ts")).createToken(options));
}

/** Collects the values of an option that is given several times. */
function collect(value: string, before: string[]): string[] {
  return [...before, value];
}
