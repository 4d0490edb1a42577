import { randomBytes } from "node:crypto";
import pg from "pg";

/** Makes an empty database on the server that the global setup found or started; resolves with its URL. */
export async function freshPostgresDatabase(): Promise<string> {
  const server = process.env.E2E_POSTGRES_URL;
  if (!server) throw new Error("E2E_POSTGRES_URL is not set: the global setup did not run");
  const name = `latchkey_e2e_${randomBytes(6).toString("hex")}`;
  const client = new pg.Client(server);
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
