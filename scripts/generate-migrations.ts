import { execFileSync } from "node:child_process";

/** `npm run db:generate key_fields`: writes a migration with this name for each database. */
const [name = ""] = process.argv.slice(2);
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error("Give the migration a name that says what changes: npm run db:generate key_fields");
  process.exit(1);
}
for (const dialect of ["sqlite", "postgresql"]) {
  execFileSync("node_modules/.bin/drizzle-kit", ["generate", `--name=${name}`], {
    stdio: "inherit",
    env: { ...process.env, LATCHKEY_DIALECT: dialect },
  });
}
