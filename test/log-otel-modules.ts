import { registerHooks } from "node:module";

/** Imported before a process's entry: tells which modules of OpenTelemetry it loads. */
registerHooks({
  load(url, context, next) {
    if (url.includes("/@opentelemetry/")) process.stderr.write(`loaded ${url}\n`);
    return next(url, context);
  },
});
