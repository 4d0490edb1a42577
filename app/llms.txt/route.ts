import { llmsIndex } from "#domain/catalog/reference/llms.ts";
import { handleReaderFile } from "#server/reader-file.ts";

/** The APIs that the reader may see, for language models; visitors see public ones. */
export async function GET(request: Request): Promise<Response> {
  return handleReaderFile(request, "text/plain; charset=utf-8", (ctx) => llmsIndex({ ctx }));
}
