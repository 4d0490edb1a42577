import express from "express";
import { Latchkey } from "../../sdk/typescript/src/client.ts";
import { latchkeyExpress } from "../../sdk/typescript/src/express.ts";

/**
 * An Express app. With arguments (port, then the verifier's URL and the service token), behind the middleware. With
 * `busy` and microseconds instead, each request only takes as much more processor time.
 */
const [port = "", url, token = ""] = process.argv.slice(2);
const app = express();
if (url === "busy")
  app.use("/badges", (_request, _response, next) => {
    const endsAt = performance.now() + Number(token) / 1_000;
    let now = performance.now();
    while (now < endsAt) now = performance.now();
    next();
  });
else if (url)
  app.use(
    "/badges",
    latchkeyExpress(new Latchkey({ url, token, api: "badges" }), { operation: "badges.list" }),
  );
app.get("/badges", (_request, response) => response.json({ badges: [] }));
app.listen(Number(port), "127.0.0.1");
