import { mkdirSync, writeFileSync } from "node:fs";

const distDir = process.env.LATCHKEY_DIST_DIR || ".next";

/** @type {import("next").NextConfig} */
export default {
  // Several builds can live side by side (tests build their own).
  distDir,
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` holds the types; a build only builds.
  typescript: { ignoreBuildErrors: true, tsconfigPath: tsconfigForBuild() },
  // Native modules and modules that spawn workers must stay outside the bundle.
  serverExternalPackages: ["@libsql/client", "libsql", "pg", "@node-rs/argon2", "pino", "nodemailer"],
  experimental: {
    serverActions: { bodySizeLimit: "2mb" },
  },
};

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
