import { once } from "node:events";
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

/**
 * Measures pages with Lighthouse. Reads `{ chromePath, runs, pages: [{ url, cookie }] }` as JSON from standard input and
 * writes `[{ url, profile, performance, accessibility, "best-practices", metrics, failed, shifts }]`: for each page and
 * profile the scores (0 to 100) of the run with the median performance.
 */
const { chromePath, runs, pages } = JSON.parse(await text(process.stdin));
const PROFILES = { desktop: desktopConfig, mobile: undefined };
const ATTEMPTS = 4;
const MAX_SHIFTS = 3;
const CATEGORIES = ["performance", "accessibility", "best-practices"];
const METRICS = [
  "first-contentful-paint",
  "largest-contentful-paint",
  "total-blocking-time",
  "cumulative-layout-shift",
  "speed-index",
];

const chrome = await launch({
  chromePath,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-quic"],
});
try {
  const results = [];
  for (const { url, cookie } of pages) {
    await setCookies(url, cookie);
    for (const profile of Object.keys(PROFILES)) {
      const reports = [];
      for (let run = 0; run < runs; run++) reports.push(await measure(url, PROFILES[profile]));
      reports.sort((a, b) => a.performance - b.performance);
      results.push({ url, profile, ...reports[Math.floor((runs - 1) / 2)] });
    }
  }
  process.stdout.write(JSON.stringify(results));
} finally {
  chrome.kill();
}

async function measure(url, config) {
  const options = {
    port: chrome.port,
    logLevel: "error",
    onlyCategories: CATEGORIES,
  };
  let lhr;
  // Chromium sometimes loses the first events of a trace, and Lighthouse asks to run it again.
  for (let attempt = 1; !lhr || (lhr.runtimeError && attempt <= ATTEMPTS); attempt++) {
    ({ lhr } = await lighthouse(url, options, config));
    if (lhr.runtimeError) process.stderr.write(`${url}: ${lhr.runtimeError.code}\n`);
  }
  if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
  if (lhr.finalDisplayedUrl !== url) throw new Error(`${url} led to ${lhr.finalDisplayedUrl}`);
  const scores = CATEGORIES.map((id) => [id, Math.round(lhr.categories[id].score * 100)]);
  const failed = ["accessibility", "best-practices"].flatMap((id) =>
    lhr.categories[id].auditRefs
      .filter(({ id: audit, weight }) => weight > 0 && (lhr.audits[audit].score ?? 1) < 1)
      .map(({ id: audit }) => audit),
  );
  const metrics = Object.fromEntries(METRICS.map((id) => [id, lhr.audits[id].numericValue]));
  return { ...Object.fromEntries(scores), metrics, failed, shifts: shiftsIn(lhr.audits["layout-shifts"]) };
}

/** The largest layout shifts in words: how far, which element, and what moved it, where Lighthouse knows it. */
function shiftsIn(audit) {
  const items = audit?.details?.items ?? [];
  return items.slice(0, MAX_SHIFTS).map(({ node, score, subItems }) => {
    const causes = (subItems?.items ?? []).map(({ cause, extra }) =>
      [cause?.formattedDefault ?? cause, extra?.value ?? extra?.url ?? extra?.selector]
        .filter(Boolean)
        .join(" "),
    );
    return [`${score.toFixed(3)} of ${node?.selector ?? "an unknown element"}`, ...causes].join("; ");
  });
}

/** Replaces the browser's cookies; Lighthouse keeps them when it clears a site's storage. */
async function setCookies(url, cookie) {
  const version = await fetch(`http://127.0.0.1:${chrome.port}/json/version`);
  const socket = new WebSocket((await version.json()).webSocketDebuggerUrl);
  await once(socket, "open");
  const call = async (id, method, params) => {
    socket.send(JSON.stringify({ id, method, params }));
    const [{ data }] = await once(socket, "message");
    const { error } = JSON.parse(data);
    if (error) throw new Error(`${method}: ${error.message}`);
  };
  const cookies = (cookie?.split("; ") ?? []).map((pair) => {
    const at = pair.indexOf("=");
    return { url, name: pair.slice(0, at), value: pair.slice(at + 1) };
  });
  await call(1, "Storage.clearCookies");
  await call(2, "Storage.setCookies", { cookies });
  socket.close();
}

async function text(stream) {
  let all = "";
  for await (const chunk of stream.setEncoding("utf8")) all += chunk;
  return all;
}
