import { setTimeout as sleep } from "node:timers/promises";
import {
  DiagLogLevel,
  defaultTextMapGetter,
  diag,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { Settings } from "../settings.ts";
import type { TracedRequest, Tracing } from "./tracing.ts";

const SEND_INTERVAL_MS = 1_000;
const STOP_TIMEOUT_MS = 3_000;

/**
 * Exports spans by OTLP over HTTP. The exporter reads its target from the standard environment variables. Nothing is
 * registered globally: Next would export URLs with their queries, which contain the tokens of one-time links.
 */
export function startTracing(
  { ratio, endpoint, headers }: NonNullable<Settings["tracing"]>,
  service: { name: string; version: string },
  onError: (what: string) => void,
): Tracing {
  // The exporter reads the environment, which lacks these values if they come from secret files. The files' variables
  // go: settings are read again later, where a value and its file together would be an error.
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT ||= endpoint;
  delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT_FILE;
  if (headers !== undefined) process.env.OTEL_EXPORTER_OTLP_HEADERS ||= headers;
  delete process.env.OTEL_EXPORTER_OTLP_HEADERS_FILE;
  const quiet = () => {};
  const logger = { error: onError, warn: onError, info: quiet, debug: quiet, verbose: quiet };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": service.name, "service.version": service.version }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: new OTLPTraceExporter(), scheduledDelayMillis: SEND_INTERVAL_MS }),
    ],
  });
  const tracer = provider.getTracer("latchkey", service.version);
  const propagator = new W3CTraceContextPropagator();

  return {
    record({ name, headers, startedAt, endedAt, failed, facts, children }: TracedRequest) {
      const [startTime, endTime] = [epochMs(startedAt), epochMs(endedAt)];
      // Without `tracestate`, which would be forwarded as the client wrote it.
      const { traceparent } = headers;
      const caller = propagator.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter);
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER, startTime, attributes: facts }, caller);
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
      const here = trace.setSpan(caller, span);
      for (const part of children) {
        tracer.startSpan(part.name, { startTime, attributes: part.facts }, here).end(endTime);
      }
      span.end(endTime);
    },
    async stop() {
      // An unreachable collector must not keep the process running.
      const timeout = sleep(STOP_TIMEOUT_MS, undefined, { ref: false });
      await Promise.race([provider.shutdown(), timeout]).catch((error: unknown) => onError(String(error)));
    },
  };
}

const epochMs = (at: number) => performance.timeOrigin + at;
