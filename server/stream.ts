import { log } from "./log.ts";

/**
 * Texts as the body of an answer, made no faster than they are taken. A fault in the making breaks the answer
 * off, so that nobody takes a part for the whole; by then its status is sent, and only the log can say why.
 */
export function streamOf(parts: AsyncGenerator<string>, requestId: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        log.error({ err: error, requestId }, "an answer broke off");
        controller.error(new Error("the answer broke off"));
      }
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}
