import { createServer } from "node:http";

/**
 * The verifier's baseline: a server that parses a request's JSON and returns a constant of the size of a verdict
 * with the same headers. It looks nothing up and stores nothing.
 */
const answer = JSON.stringify({ valid: true, padding: "" });
const size = Number(process.env.ANSWER_BYTES ?? answer.length);
const body = JSON.stringify({ valid: true, padding: "x".repeat(Math.max(0, size - answer.length)) });

createServer((req, res) => {
  const chunks: Buffer[] = [];
  req.on("data", (chunk: Buffer) => chunks.push(chunk));
  req.on("end", () => {
    const text = Buffer.concat(chunks).toString("utf8");
    const isCheck = text !== "" && typeof JSON.parse(text).key === "string";
    res.writeHead(isCheck || req.method === "GET" ? 200 : 400, {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(body),
      "Cache-Control": "no-store",
      "X-Request-Id": "req_0000000000000",
    });
    res.end(body);
  });
}).listen(Number(process.env.PORT), "127.0.0.1");
