export { launchBrowser } from "../bench/lib/browser.ts";
