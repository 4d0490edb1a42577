import { llmsReference } from "#domain/catalog/reference/llms.ts";
import { handleReaderFile } from "#server/reader-file.ts";

/** The reference of an API as one Markdown text, for language models. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ slug: string }> },
): Promise<Response> {
  const { slug } = await params;
  return handleReaderFile(request, "text/plain; charset=utf-8", (ctx) =>
    llmsReference({ ctx, input: { slug } }),
  );
}
