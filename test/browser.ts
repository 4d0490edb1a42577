import { existsSync } from "node:fs";
import { type Browser, type Cookie, chromium } from "playwright";

const ARGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
];

/** The system's Chromium if there is one, otherwise Playwright's. */
export function browserPath(): string {
  const known = [process.env.CHROMIUM_PATH, "/usr/bin/chromium"].find((path) => path && existsSync(path));
  return known ?? chromium.executablePath();
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ args: ARGS, executablePath: browserPath() });
}

/** A `Cookie` header as a browser context takes it. */
export function cookiesOf(header: string, url: string): (Pick<Cookie, "name" | "value"> & { url: string })[] {
  return header.split("; ").map((pair) => {
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    return { name, value, url };
  });
}
