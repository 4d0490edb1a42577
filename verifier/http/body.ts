import type { IncomingMessage } from "node:http";

const NOTHING = Buffer.alloc(0);

/** Calls `tooLarge`, or `read` with a body of at most `most` bytes: at once where all has come, never where its sender is gone. */
export function readBody(
  req: IncomingMessage,
  most: number,
  tooLarge: () => void,
  read: (body: Buffer) => void,
): void {
  // What has come is read without a stream's events, which cost as much as parsing it.
  const first: Buffer = req.read() ?? NOTHING;
  if (first.length > most) tooLarge();
  else if (req.complete) read(first);
  else readRest(req, first, most, tooLarge, read);
}

function readRest(
  req: IncomingMessage,
  first: Buffer,
  most: number,
  tooLarge: () => void,
  read: (body: Buffer) => void,
): void {
  const chunks = [first];
  let size = first.length;
  req.on("data", (chunk: Buffer) => {
    if (size > most) return;
    size += chunk.length;
    if (size > most) tooLarge();
    else chunks.push(chunk);
  });
  req.on("end", () => {
    if (size <= most) read(Buffer.concat(chunks));
  });
}

/** So much of a body that nobody reads may stay until its request is answered, bytes. */
const LEFT_MOST = 4_096;

/** Lets go of a body that nobody reads. A small one that has come goes with the answer, by itself. */
export function discard(req: IncomingMessage): void {
  if (!req.complete || req.readableLength > LEFT_MOST) req.resume();
}
