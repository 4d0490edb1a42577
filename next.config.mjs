/** @type {import("next").NextConfig} */
export default {
  // Several builds can live side by side (tests build their own).
  distDir: process.env.LATCHKEY_DIST_DIR ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  // Native modules and modules that spawn workers must stay outside the bundle.
  serverExternalPackages: ["@libsql/client", "libsql", "pg", "@node-rs/argon2", "pino", "nodemailer"],
  experimental: {
    serverActions: { bodySizeLimit: "2mb" },
  },
};
