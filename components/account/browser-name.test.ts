import { expect, test } from "vitest";
import { browserName } from "./browser-name.ts";

const CHROME =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36";

test.each([
  [CHROME, "Chrome on Linux"],
  [`${CHROME} Edg/156.0`, "Edge on Linux"],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1",
    "Safari on iOS",
  ],
  ["curl/8.5", "Another program"],
  [null, "Another program"],
])("%s is called %s", (userAgent, name) => expect(browserName(userAgent)).toBe(name));
