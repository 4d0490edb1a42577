import type { IncomingMessage } from "node:http";

const EMPTY = Buffer.alloc(0);

/**
 * Calls `read` with a body of at most `maxBytes`, or `tooLarge`: at once if all of it has arrived, never if the client
 * disconnects.
 */
export function readBody(
  req: IncomingMessage,
  maxBytes: number,
  tooLarge: () => void,
  read: (body: Buffer) => void,
): void {
  // Without stream events, which cost as much as parsing the body.
  const first: Buffer = req.read() ?? EMPTY;
  if (first.length > maxBytes) tooLarge();
  else if (req.complete) read(first);
  else readRest(req, first, { maxBytes, tooLarge, read });
}

function readRest(
  req: IncomingMessage,
  first: Buffer,
  { maxBytes, tooLarge, read }: { maxBytes: number; tooLarge: () => void; read: (body: Buffer) => void },
): void {
  const chunks = [first];
  let size = first.length;
  req.on("data", (chunk: Buffer) => {
    if (size > maxBytes) return;
    size += chunk.length;
    if (size > maxBytes) tooLarge();
    else chunks.push(chunk);
  });
  req.on("end", () => {
    if (size <= maxBytes) read(Buffer.concat(chunks));
  });
}

/** The most of an unread body that may stay buffered until its request is answered, bytes. */
const MAX_UNREAD_BYTES = 4_096;

/** Discards a body that is not read. Node itself discards a small body that has arrived, after the response. */
export function discard(req: IncomingMessage): void {
  if (!req.complete || req.readableLength > MAX_UNREAD_BYTES) req.resume();
}
