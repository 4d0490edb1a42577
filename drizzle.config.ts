import { defineConfig } from "drizzle-kit";

// One schema, two dialects: `npm run db:generate` runs this once for each.
const dialect = process.env.LATCHKEY_DIALECT === "postgresql" ? "postgresql" : "sqlite";
const folder = dialect === "postgresql" ? "postgres" : "sqlite";

export default defineConfig({
  dialect,
  schema: `./db/schema.${folder}.ts`,
  out: `./db/migrations/${folder}`,
});
