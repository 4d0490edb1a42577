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
