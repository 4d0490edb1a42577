import { log } from "./log.ts";

/**
 * Pieces as the body of an answer, made no faster than they are taken. A fault in the making breaks the answer
 * off, so that nobody takes a part for the whole; by then its status is sent, and only the log can say why.
 */
export function streamOf(parts: AsyncGenerator<Uint8Array>, requestId: string): ReadableStream<Uint8Array> {
  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      try {
        const { value, done } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        log.error({ err: error, requestId }, "an answer broke off");
        controller.error(new Error("the answer broke off"));
      }
    },
    async cancel() {
      await parts.return(undefined);
    },
  };
  // Not a piece before somebody takes it: nobody may, of an answer to HEAD.
  return new ReadableStream(source, { highWaterMark: 0 });
}
