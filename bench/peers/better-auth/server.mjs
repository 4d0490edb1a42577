import { createServer } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import pg from "pg";

/**
 * better-auth's API key plugin behind the same bare server: POST a key to get its verdict. Configured for speed as
 * its documentation advises: last uses are written after the response, and its rate limit is disabled. GET lists the
 * secrets of the keys that it created at its start.
 */
const { DATABASE_URL = "", KEYS = "1000", PORT } = process.env;

const auth = betterAuth({
  database: openDatabase(),
  baseURL: `http://127.0.0.1:${PORT}`,
  secret: "only-for-the-benchmark-0123456789abcdef",
  logger: { disabled: true },
  telemetry: { enabled: false },
  emailAndPassword: { enabled: true },
  advanced: { backgroundTasks: { handler: (work) => void work.catch(() => {}) } },
  plugins: [apiKey({ rateLimit: { enabled: false }, deferUpdates: true })],
});

function openDatabase() {
  if (DATABASE_URL.startsWith("postgres")) return new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
  const database = new DatabaseSync(DATABASE_URL);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
  return database;
}

const { runMigrations } = await getMigrations(auth.options);
await runMigrations();
const { user } = await auth.api.signUpEmail({
  body: { email: "bench@example.com", password: "only-for-the-benchmark", name: "Bench" },
});
const keys = [];
for (let n = 0; n < Number(KEYS); n++) {
  const { key } = await auth.api.createApiKey({ body: { name: `key ${n}`, userId: user.id } });
  keys.push(key);
}

createServer(async (req, res) => {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  const answer =
    req.method === "GET"
      ? keys
      : await auth.api.verifyApiKey({ body: { key: JSON.parse(Buffer.concat(chunks).toString()).key } });
  res.writeHead(req.method === "GET" || answer.valid ? 200 : 500, { "Content-Type": "application/json" });
  res.end(JSON.stringify(answer));
}).listen(Number(PORT), "127.0.0.1");
