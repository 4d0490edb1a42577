import { readApiDocument } from "#domain/catalog/reference/read.ts";
import { handleReaderFile } from "#server/reader-file.ts";

/** The OpenAPI document of an API, as JSON. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ slug: string }> },
): Promise<Response> {
  const { slug } = await params;
  return handleReaderFile(request, "application/json; charset=utf-8", async (ctx) =>
    JSON.stringify(await readApiDocument({ ctx, input: { slug } })),
  );
}
