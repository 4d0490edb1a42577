// An HTTP interface of ClickHouse in front of chdb, with what @clickhouse/client uses of it. Prints its port.
import { createServer } from "node:http";
import { Session } from "chdb";

const [folder, port = "0"] = process.argv.slice(2);
const session = new Session(folder);
/** Parameters that are not settings. */
const OWN = new Set(["query", "query_id", "database", "session_id", "default_format"]);

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    if (pathname === "/ping") return response.end("Ok.\n");
    const body = Buffer.concat(chunks).toString();
    const settings = [...searchParams].filter(([name]) => !OWN.has(name) && !name.startsWith("param_"));
    try {
      response.end(session.query(statement(searchParams.get("query"), body, settings), "TSV"));
    } catch (error) {
      response.writeHead(400, {
        "X-ClickHouse-Exception-Code": /Code: (\d+)/.exec(error.message)?.[1] ?? "1",
      });
      response.end(error.message);
    }
  });
});
server.listen(Number(port), "127.0.0.1", () => process.stdout.write(`${server.address().port}\n`));

/** One statement with its settings, and with its data if it inserts. */
function statement(query, body, settings) {
  const list = settings.map(([name, value]) => `${name} = '${value.replace(/[\\']/g, "\\$&")}'`).join(", ");
  if (query !== null) {
    const [, head, format] = /^(.*?)\s+FORMAT\s+(\w+)\s*$/is.exec(query);
    return `${head}${list ? ` SETTINGS ${list}` : ""} FORMAT ${format}\n${body}`;
  }
  if (!/^\s*(select|with)\b/i.test(body) || !list) return body;
  const [, head, format = ""] = /^(.*?)(\s+FORMAT\s+\w+)?\s*$/is.exec(body);
  return `${head} SETTINGS ${list}${format}`;
}
