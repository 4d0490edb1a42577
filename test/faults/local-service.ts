import { createServer } from "node:http";
import { Latchkey } from "../../sdk/typescript/src/client.ts";

/*
 * A service that verifies keys in its own process, in the shape of a verifier: the load of the fault tests treats it as
 * one more. Settings: LATCHKEY_VERIFIER_URL, LATCHKEY_TOKEN, LATCHKEY_JOURNAL_DIR (optional), VERIFIER_PORT.
 */
const { LATCHKEY_VERIFIER_URL = "", LATCHKEY_TOKEN = "", LATCHKEY_JOURNAL_DIR, VERIFIER_PORT } = process.env;

const latchkey = new Latchkey({
  url: LATCHKEY_VERIFIER_URL.split(" "),
  token: LATCHKEY_TOKEN,
  mode: "local",
  onLocalError: () => {},
  ...(LATCHKEY_JOURNAL_DIR && { journalDir: LATCHKEY_JOURNAL_DIR }),
});

const server = createServer(async (request, response) => {
  const respond = (status: number, body: string, type = "application/json") =>
    response.writeHead(status, { "Content-Type": type }).end(body);
  if (request.url === "/readyz") return respond(latchkey.isLocal ? 200 : 503, "", "text/plain");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    respond(200, JSON.stringify(await latchkey.verify(JSON.parse(Buffer.concat(chunks).toString()))));
  } catch {
    respond(503, "{}", "application/problem+json");
  }
});
server.listen(Number(VERIFIER_PORT), "127.0.0.1");
process.on("SIGTERM", async () => {
  await latchkey.close();
  process.exit(0);
});
