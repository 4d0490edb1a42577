import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { BrowserContext, Page } from "playwright";
import { launchBrowser } from "#test/browser.ts";
import { BEFORE_SIGN_IN, DIALOGS, PAGES } from "../e2e/page-list.ts";

/**
 * `npm run screenshots`: takes a picture of every page and dialog of a running portal, on a desktop and a phone,
 * in light and dark, and writes an `index.html` that shows them side by side.
 */
const { values } = parseArgs({
  options: {
    url: { type: "string", default: "http://localhost:3000" },
    out: { type: "string", default: "test-results/screenshots" },
    email: { type: "string", default: "admin@demo.example" },
    password: { type: "string", default: "latchkey-demo" },
    /** Only pages whose path contains this. */
    only: { type: "string", default: "" },
    /** Only this variant, such as `desktop-light`. */
    variant: { type: "string", default: "" },
    /** The name of the project, and of its key, whose pages are taken: the first without one. */
    project: { type: "string", default: "Community bots" },
    key: { type: "string", default: "Welcome bot" },
  },
});

const VARIANTS = (["light", "dark"] as const).flatMap((colorScheme) => [
  { name: `desktop-${colorScheme}`, colorScheme, viewport: { width: 1_440, height: 900 } },
  { name: `phone-${colorScheme}`, colorScheme, viewport: { width: 390, height: 844 } },
]);

interface Shot {
  path: string;
  press: string[];
  /** Visited before the sign-in. */
  signedOut: boolean;
}

const SHOTS: Shot[] = [
  ...BEFORE_SIGN_IN.map((path) => ({ path, press: [], signedOut: true })),
  ...PAGES.map((path) => ({ path, press: [], signedOut: false })),
  ...DIALOGS.map((dialog) => ({ ...dialog, signedOut: false })),
].filter(({ path }) => path.includes(values.only));

mkdirSync(values.out, { recursive: true });
const browser = await launchBrowser();
const taken: string[] = [];
try {
  for (const variant of VARIANTS.filter(({ name }) => name.includes(values.variant))) {
    const context = await browser.newContext({
      ...variant,
      baseURL: values.url,
      reducedMotion: "reduce",
      locale: "en-US",
      timezoneId: "UTC",
    });
    const page = await context.newPage();
    const shots = async (signedOut: boolean, ids: Record<string, string>) => {
      for (const shot of SHOTS.filter((each) => each.signedOut === signedOut)) {
        const name = await take(page, shot, ids, variant.name);
        if (name !== null && !taken.includes(name)) taken.push(name);
      }
    };
    await shots(true, {});
    await shots(false, await signIn(context, page));
    await context.close();
  }
} finally {
  await browser.close();
}
writeFileSync(join(values.out, "index.html"), index());

/** Signs in, and finds the ids that stand for `{p}`, `{k}` and `{d}` in the paths. */
async function signIn(context: BrowserContext, page: Page): Promise<Record<string, string>> {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(values.email);
  await page.getByLabel("Password").fill(values.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/projects$/);
  const { request } = context;
  const idIn = async (path: string, pattern: RegExp, name: string) => {
    const html = await (await request.get(path)).text();
    const links = [...html.matchAll(new RegExp(`href="/(?:${pattern.source})["?][^>]*>([^<]*)`, "g"))];
    return (links.find((link) => link[2] === name) ?? links[0])?.[1];
  };
  const p = await idIn("/projects", /projects\/(prj_\w+)/, values.project);
  const k = p && (await idIn(`/projects/${p}/keys`, /projects\/prj_\w+\/keys\/(key_\w+)/, values.key));
  const d = await idIn("/admin/projects/deleted", /admin\/projects\/deleted\/(prj_\w+)/, "");
  return { ...(p && { p }), ...(k && { k }), ...(d && { d }) };
}

/** Resolves with the picture's name without its variant; null if an id of the path does not exist. */
async function take(
  page: Page,
  { path, press }: Shot,
  ids: Record<string, string>,
  variant: string,
): Promise<string | null> {
  const needed = [...path.matchAll(/\{(\w)\}/g)].map((match) => match[1] ?? "");
  if (needed.some((id) => !(id in ids))) return null;
  const name = [path, ...press]
    .join(" ")
    .replace(/[^\w{}-]+/g, "_")
    .slice(0, 100);
  await page.goto(path.replaceAll(/\{(\w)\}/g, (_, id: string) => ids[id] ?? ""));
  await page.waitForLoadState("networkidle");
  const popup = page.locator("[role=dialog], [role=alertdialog], [role=menu]").last();
  for (const label of press) {
    const button = page.getByRole("button", { name: label }).first();
    // A dialog that this project or reader does not have.
    if (!(await button.isVisible()) || (await button.isDisabled())) return null;
    await button.click();
    // Dialogs and menus are loaded on use.
    await popup.waitFor();
  }
  if (press.length > 0) await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.fonts.ready);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) console.log(`${path}, ${variant}: ${overflow} px wider than the screen`);
  // Over the whole page, a popup would appear at its own place and the page around it would not.
  const fullPage = !(await popup.isVisible());
  await page.screenshot({ path: join(values.out, `${name}.${variant}.png`), fullPage });
  return name;
}

function index(): string {
  const rows = taken.map(
    (name) =>
      `<h2>${name}</h2><div>${VARIANTS.map(
        (variant) => `<img loading="lazy" alt="${variant.name}" src="${name}.${variant.name}.png">`,
      ).join("")}</div>`,
  );
  return `<!doctype html><meta charset="utf-8"><title>Screenshots</title>
<style>body{font:14px sans-serif}div{display:flex;gap:8px;align-items:start}img{border:1px solid #999;max-width:32%}</style>
${rows.join("\n")}
`;
}
