import type { Outcome } from "./verdict.ts";

/** The parts of `@opentelemetry/api` that are used. The package registers itself under a global symbol. */
interface OpenTelemetry {
  context?: { active(): { getValue(key: symbol): unknown } };
}
interface Span {
  setAttributes(attributes: Record<string, string | boolean>): unknown;
}
const API = Symbol.for("opentelemetry.js.api.1");
const SPAN = Symbol.for("OpenTelemetry Context Key SPAN");

/** Adds the outcome to the active OpenTelemetry span, if the application traces. Never the key itself. */
export function traceOutcome(outcome: Outcome): void {
  const api = (globalThis as { [API]?: OpenTelemetry })[API];
  const span = api?.context?.active().getValue(SPAN) as Span | undefined;
  if (span === undefined) return;
  const attributes: Record<string, string | boolean> = {
    "latchkey.valid": outcome.valid,
    "latchkey.code": outcome.code,
  };
  if (outcome.code !== "UNVERIFIED") {
    attributes["latchkey.request_id"] = outcome.requestId;
    if (outcome.keyId) attributes["latchkey.key_id"] = outcome.keyId;
    if (outcome.projectId) attributes["latchkey.project_id"] = outcome.projectId;
  }
  span.setAttributes(attributes);
}
