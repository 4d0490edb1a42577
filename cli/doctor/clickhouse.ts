import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { TABLE } from "#engine/usage/clickhouse/table.ts";
import { redactUrl } from "#platform/redact.ts";
import { reasonOf } from "../database.ts";
import { type CheckFinding, failed, passed } from "./finding.ts";

/** ClickHouse must answer and let this account use its database. The first verifier creates the table. */
export async function checkClickHouse(url: string, timeoutMs: number): Promise<CheckFinding> {
  const where = redactUrl(url);
  const log = { level: ClickHouseLogLevel.OFF };
  const client = createClient({ url, request_timeout: timeoutMs, log });
  try {
    const query = `select version() as version, (select engine from system.tables
      where database = currentDatabase() and name = '${TABLE}') as engine`;
    const result = await client.query({ query, format: "JSONEachRow" });
    const [row] = await result.json<{ version: string; engine: string | null }>();
    return passed("usage", `${where}, ClickHouse ${row?.version}, table ${row?.engine || "not created yet"}`);
  } catch (error) {
    return failed("usage", `${where} is not usable: ${reasonOf(error)}`);
  } finally {
    await client.close();
  }
}
