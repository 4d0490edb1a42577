import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Fails when the schema has changed since the migrations were generated: generating again must add nothing. */
const DIALECTS = { sqlite: "sqlite", postgresql: "postgres" };

const scratch = mkdtempSync(join(tmpdir(), "latchkey-migrations-"));
try {
  for (const [dialect, folder] of Object.entries(DIALECTS)) {
    const out = join(scratch, folder);
    cpSync(join("db/migrations", folder), out, { recursive: true });
    const before = readdirSync(out).length;
    execFileSync(
      "node_modules/.bin/drizzle-kit",
      ["generate", `--dialect=${dialect}`, `--schema=./db/schema.${folder}.ts`, `--out=${out}`],
      { stdio: "pipe" },
    );
    if (readdirSync(out).length !== before) {
      console.error(
        `The ${folder} schema has changed: run npm run db:generate with a name, and commit what it writes.`,
      );
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
