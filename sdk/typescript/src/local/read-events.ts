import type { SyncEvent } from "../../../../engine/sync/protocol.ts";

/** The longest event: a page of changes has less. */
const MAX_EVENT_LENGTH = 4 * 1_024 * 1_024;

/** The events of a stream. Throws for anything that is not one, and ends with the stream. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<SyncEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const parts = (rest + decoder.decode(value, { stream: true })).split("\n\n");
      rest = parts.pop() ?? "";
      if (rest.length > MAX_EVENT_LENGTH)
        throw new Error("The verifier's stream has an event without an end.");
      for (const part of parts) yield eventOf(part);
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function eventOf(text: string): SyncEvent {
  if (!text.startsWith("data: ")) throw new Error("The verifier's stream is not one of Latchkey.");
  const value: unknown = JSON.parse(text.slice("data: ".length));
  if (!isEvent(value)) throw new Error("The verifier's stream has an unknown event.");
  return value;
}

function isEvent(value: unknown): value is SyncEvent {
  if (!isObject(value)) return false;
  if ("end" in value) return value.end === "forbidden" || value.end === "stopping";
  if ("hello" in value) return isHello(value.hello);
  const { confirmedAt, nowMs, latestAt, place, changed, lost, imported, tokenShapes } = value;
  return (
    isNumber(confirmedAt) &&
    isNumber(nowMs) &&
    (latestAt === null || isNumber(latestAt)) &&
    (place === null || isPosition(place)) &&
    (changed === undefined || isTexts(changed)) &&
    (lost === undefined || lost === true) &&
    (imported === undefined || imported === true) &&
    (tokenShapes === undefined || areShapes(tokenShapes))
  );
}

function isHello(hello: unknown): boolean {
  if (!isObject(hello)) return false;
  const { openedAt, resumed, keyPrefixes, tokenShapes, api } = hello;
  return (
    isNumber(openedAt) &&
    typeof resumed === "boolean" &&
    isTexts(keyPrefixes) &&
    areShapes(tokenShapes) &&
    (api === null || typeof api === "string")
  );
}

function areShapes(shapes: unknown): boolean {
  return (
    Array.isArray(shapes) &&
    shapes.every((shape: unknown) => {
      if (!isObject(shape)) return false;
      const { prefix, minLength, maxLength, pending } = shape;
      return (
        typeof prefix === "string" && isNumber(minLength) && isNumber(maxLength) && Array.isArray(pending)
      );
    })
  );
}

function isPosition(position: unknown): boolean {
  if (!isObject(position)) return false;
  const { seq, gaps, row } = position;
  return isNumber(seq) && typeof row === "string" && Array.isArray(gaps);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === "string");
