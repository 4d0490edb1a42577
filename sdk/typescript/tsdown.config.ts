import { defineConfig } from "tsdown";

export default defineConfig({
  entry: "src/{index,access-tokens,web,express,fastify,hono,next,webhooks,management,testing}.ts",
  platform: "neutral",
  target: "es2023",
  dts: { generator: "oxc" },
  deps: { neverBundle: /^node:/ },
  inputOptions: {
    // For `tldts`, which has no `exports`.
    resolve: { mainFields: ["module", "main"] },
  },
});
