import express from "express";
import { Latchkey } from "../../sdk/typescript/src/client.ts";
import { latchkeyExpress } from "../../sdk/typescript/src/express.ts";

/** An Express app. With arguments (port, then the verifier's URL and the service token), behind the middleware. */
const [port = "", url, token = ""] = process.argv.slice(2);
const app = express();
if (url)
  app.use(
    "/badges",
    latchkeyExpress(new Latchkey({ url, token, api: "badges" }), { operation: "badges.list" }),
  );
app.get("/badges", (_request, response) => response.json({ badges: [] }));
app.listen(Number(port), "127.0.0.1");
