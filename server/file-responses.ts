import { log } from "./log.ts";

/** A response with a CSV file to download. */
export function csvAnswer({ filename, text }: { filename: string; text: string }): Response {
  return new Response(text, { headers: fileHeaders(filename, "text/csv; charset=utf-8") });
}

export function fileHeaders(filename: string, contentType: string): Record<string, string> {
  return {
    "Content-Type": contentType,
    "Content-Disposition": `attachment; filename="${filename.replace(/[^\w.-]/g, "")}"`,
    "Cache-Control": "no-store",
  };
}

/**
 * A response body from chunks, generated as fast as they are read. An error aborts the response, so that no reader
 * mistakes a part for the whole file; the status is sent by then, so only the log says why.
 */
export function toStream(parts: AsyncGenerator<Uint8Array>, requestId: string): ReadableStream<Uint8Array> {
  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      try {
        const { value, done } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        log.error({ err: error, requestId }, "a response was aborted");
        controller.error(new Error("the response was aborted"));
      }
    },
    async cancel() {
      await parts.return(undefined);
    },
  };
  // No chunk before it is read: nobody reads the response to HEAD.
  return new ReadableStream(source, { highWaterMark: 0 });
}
