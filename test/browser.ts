import { existsSync } from "node:fs";
import { type Browser, type Cookie, chromium } from "playwright";

export const BROWSER_ARGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
];

const CHROME = ["/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
/** Without Debian's `chromium`, with which end-to-end tests take a third more processor time. */
const FOR_TESTS = ["/usr/bin/chromium-headless-shell", ...CHROME];
export const WITH_WINDOWS = ["/usr/bin/chromium", ...CHROME];

/** The browser in `CHROMIUM_PATH`, the first of these that is installed, or Playwright's, which may not be installed. */
export function browserPath(browsers = FOR_TESTS): string {
  const known = [process.env.CHROMIUM_PATH, ...browsers].find((path) => path && existsSync(path));
  return known ?? chromium.executablePath();
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ args: BROWSER_ARGS, executablePath: browserPath() });
}

/** A `Cookie` header as a browser context takes it. */
export function cookiesOf(header: string, url: string): (Pick<Cookie, "name" | "value"> & { url: string })[] {
  return header.split("; ").map((pair) => {
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    return { name, value, url };
  });
}
