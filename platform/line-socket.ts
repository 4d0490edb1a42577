import type { Socket } from "node:net";

/** In characters. A request for the limits of one check has a few hundred. */
const MAX_LINE_LENGTH = 1_048_576;

/** Calls `onLine` with each received line of JSON. Invalid JSON, or a line that is too long, ends the connection. */
export function readLines(socket: Socket, onLine: (value: unknown) => void): void {
  let rest = "";
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      try {
        onLine(JSON.parse(line));
      } catch (error) {
        socket.destroy(error instanceof Error ? error : undefined);
        return;
      }
    }
    if (rest.length > MAX_LINE_LENGTH) socket.destroy(new Error("a line is too long"));
  });
}

/** Sends a value as one line of JSON, unless the connection has ended. */
export function sendLine(socket: Socket, value: unknown): void {
  if (socket.writable) socket.write(`${JSON.stringify(value)}\n`);
}
