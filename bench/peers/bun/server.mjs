// The same as ../bare.ts on Bun's own HTTP server.
const answer = JSON.stringify({ valid: true, padding: "" });
const size = Number(process.env.ANSWER_BYTES ?? answer.length);
const body = JSON.stringify({ valid: true, padding: "x".repeat(Math.max(0, size - answer.length)) });
const headers = {
  "Content-Type": "application/json",
  "Cache-Control": "no-store",
  "X-Request-Id": "req_0000000000000",
};

Bun.serve({
  port: Number(process.env.PORT),
  hostname: "127.0.0.1",
  async fetch(request) {
    if (request.method === "GET") return new Response(body, { headers });
    const { key } = await request.json();
    return new Response(body, { status: typeof key === "string" ? 200 : 400, headers });
  },
});
