import { accentStylesheet } from "#core/brand/accent.ts";
import { readLogo } from "#domain/branding/read.ts";
import { processSingleton } from "#platform/process-singleton.ts";
import { getServices } from "#server/context.ts";
import { drawIcon, pageBrand } from "#server/page-brand.ts";

type Logo = Awaited<ReturnType<typeof readLogo>>;

const FOREVER = "public, max-age=31536000, immutable";
/** Opened on its own, no file of a brand may load or run anything. */
const POLICY = "default-src 'none'; style-src 'none'; sandbox";

/** The files of the brand: logo, icon and colors. Visitors load them with the sign-in page. */
export async function GET(_: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params;
  const [, accent] = /^accent-([0-9a-f]{6})\.css$/.exec(file) ?? [];
  if (accent !== undefined) {
    return respond(accentStylesheet(`#${accent}`), "text/css; charset=utf-8", FOREVER);
  }
  const [, logoId] = /^logo-([0-9a-f]{32})$/.exec(file) ?? [];
  if (logoId !== undefined) {
    const logo = await keptLogo(logoId);
    if (logo !== null) return respond(new Uint8Array(logo.bytes), logo.type, FOREVER);
  }
  if (/^icon-\d{1,9}\.svg$/.test(file)) {
    return respond(drawIcon(await pageBrand()), "image/svg+xml", "public, max-age=300");
  }
  return new Response(null, { status: 404, headers: { "Cache-Control": "no-store" } });
}

/** The logo from memory: anyone can ask for it again and again. */
async function keptLogo(id: string): Promise<Logo> {
  const kept = processSingleton<{ id: string; logo: Logo }>("brand logo", () => ({ id: "", logo: null }));
  if (kept.id === id) return kept.logo;
  const { db } = await getServices();
  const logo = await readLogo(db.read, id);
  if (logo !== null) Object.assign(kept, { id, logo });
  return logo;
}

function respond(body: BodyInit, type: string, caching: string): Response {
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Cache-Control": caching,
      "Content-Security-Policy": POLICY,
      "X-Content-Type-Options": "nosniff",
    },
  });
}
