import { fileURLToPath } from "node:url";

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  // The dependencies are the project's own.
  turbopack: { root: fileURLToPath(new URL("../../..", import.meta.url)) },
};
