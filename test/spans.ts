import type { Receiver } from "./receiver.ts";

/** A span as a collector receives it. */
export interface Span {
  service: string;
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  failed: boolean;
  durationMs: number;
  facts: Record<string, unknown>;
}

interface OtlpAttribute {
  key: string;
  value: Record<string, unknown>;
}

/** All spans sent to the receiver as OTLP JSON, by start time, because batches can overtake each other. */
export function spansAt({ received }: Receiver): Span[] {
  const sent = received.flatMap(({ body }) =>
    JSON.parse(body).resourceSpans.flatMap(
      // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects; wrong shapes fail it.
      ({ resource, scopeSpans }: any) =>
        // biome-ignore lint/suspicious/noExplicitAny: as above.
        scopeSpans.flatMap(({ spans }: any) => spans.map((span: any) => ({ span, resource }))),
    ),
  );
  return sent
    .toSorted((a, b) => Number(a.span.startTimeUnixNano) - Number(b.span.startTimeUnixNano))
    .map(({ span, resource }) => read(span, resource.attributes));
}

// biome-ignore lint/suspicious/noExplicitAny: as above.
function read(span: any, resource: OtlpAttribute[]): Span {
  const { name, kind, traceId, spanId, parentSpanId, status, attributes } = span;
  return {
    service: String(valuesOf(resource)["service.name"]),
    name,
    kind,
    traceId,
    spanId,
    parentSpanId: parentSpanId || undefined,
    failed: status?.code === 2,
    durationMs: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e6,
    facts: valuesOf(attributes),
  };
}

function valuesOf(attributes: OtlpAttribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
