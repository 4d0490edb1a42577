import { mkdirSync, writeFileSync } from "node:fs";
import { PHASE_PRODUCTION_SERVER } from "next/constants.js";

const distDir = process.env.LATCHKEY_DIST_DIR || ".next";

/**
 * Bundled, a large package would be repeated in many files. From node_modules, the portal loads it once, which takes less
 * time and memory, and the development server has less to bundle.
 */
const LARGE_PACKAGES = [
  "@clickhouse/client",
  "@redis/client",
  "@simplewebauthn/server",
  "@zxcvbn-ts/language-common",
  "csv-stringify",
  "drizzle-orm",
  "jose",
  "js-yaml",
  "lru-cache",
  "markdown-it",
  "next-auth",
  "otpauth",
  "prom-client",
  "standardwebhooks",
  "tldts",
  "zod",
];

/** @type {import("next").NextConfig} */
const config = {
  // Several builds can live side by side (tests build their own).
  distDir,
  poweredByHeader: false,
  reactStrictMode: true,
  // No page uses the image optimizer: without it nobody can call it either.
  images: { unoptimized: true },
  // Native modules and modules that spawn workers must stay outside the bundle.
  serverExternalPackages: [
    "@libsql/client",
    "libsql",
    "pg",
    "@node-rs/argon2",
    "pino",
    "nodemailer",
    ...LARGE_PACKAGES,
  ],
  turbopack: {
    // How Lucide's modules of single icons name the function that makes their components.
    resolveAlias: { "../createLucideIcon.mjs": "./components/ui/lucide-icon.ts" },
  },
  experimental: {
    serverActions: { bodySizeLimit: "2mb" },
    // `server/preload-pages.ts` does this, and answers requests meanwhile.
    preloadEntriesOnStart: false,
    // Nothing reads them.
    turbopackSourceMaps: false,
    turbopackFileSystemCacheForBuild: false,
  },
};

/** @type {(phase: string) => import("next").NextConfig} */
export default function configFor(phase) {
  // A server that only serves writes nothing: its files may be read-only.
  if (phase === PHASE_PRODUCTION_SERVER) return config;
  // `npm run check` holds the types; a build only builds.
  return {
    ...config,
    typescript: { ignoreBuildErrors: true, tsconfigPath: tsconfigForBuild() },
  };
}

/** Next writes its folders into the tsconfig it is given. Ours stays ours: each build gets its own. */
function tsconfigForBuild() {
  const folder = "node_modules/.cache/latchkey";
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/tsconfig${distDir.replaceAll("/", "-")}.json`;
  writeFileSync(
    path,
    JSON.stringify({ extends: "../../../tsconfig.json", include: ["../../../next-env.d.ts"] }),
  );
  return path;
}
