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

const SEND_MS = 1_000;
const STOP_MOST_MS = 3_000;

/**
 * Spans by OTLP over HTTP. The exporter reads where to from the standard's own variables. Nothing is registered
 * globally: Next would begin to tell of addresses with their queries, and one-time links have their token there.
 */
export function startTracing(
  { ratio, endpoint, headers }: NonNullable<Settings["tracing"]>,
  service: { name: string; version: string },
  onTrouble: (what: string) => void,
): Tracing {
  // The exporter reads the environment, where these are missing if a file contains them.
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT ||= endpoint;
  if (headers !== undefined) process.env.OTEL_EXPORTER_OTLP_HEADERS ||= headers;
  const quiet = () => {};
  const logger = { error: onTrouble, warn: onTrouble, info: quiet, debug: quiet, verbose: quiet };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": service.name, "service.version": service.version }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: new OTLPTraceExporter(), scheduledDelayMillis: SEND_MS }),
    ],
  });
  const tracer = provider.getTracer("latchkey", service.version);
  const propagator = new W3CTraceContextPropagator();

  return {
    tell({ name, headers, startedAt, endedAt, failed, facts, within }: TracedRequest) {
      const [startTime, endTime] = [epochMs(startedAt), epochMs(endedAt)];
      // Without `tracestate`: it would be sent on as the client wrote it.
      const { traceparent } = headers;
      const caller = propagator.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter);
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER, startTime, attributes: facts }, caller);
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
      const here = trace.setSpan(caller, span);
      for (const part of within) {
        tracer.startSpan(part.name, { startTime, attributes: part.facts }, here).end(endTime);
      }
      span.end(endTime);
    },
    async stop() {
      // A collector that is away must not keep the process from ending.
      const late = sleep(STOP_MOST_MS, undefined, { ref: false });
      await Promise.race([provider.shutdown(), late]).catch((error: unknown) => onTrouble(String(error)));
    },
  };
}

const epochMs = (at: number) => performance.timeOrigin + at;
