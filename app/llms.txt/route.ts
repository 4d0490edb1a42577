import { llmsIndex } from "#domain/catalog/reference/llms.ts";
import { handleReaderFile } from "#server/reader-file.ts";

/** The APIs that the reader may see, for language models; visitors see public ones. */
export async function GET(): Promise<Response> {
  return handleReaderFile("text/plain; charset=utf-8", (ctx) => llmsIndex({ ctx }));
}
