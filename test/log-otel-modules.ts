import { registerHooks } from "node:module";

/** Imported before a process's entry: logs which OpenTelemetry modules it loads. */
registerHooks({
  load(url, context, next) {
    if (url.includes("/@opentelemetry/")) process.stderr.write(`loaded ${url}\n`);
    return next(url, context);
  },
});
