import { fileURLToPath } from "node:url";

/** Where Node.js keeps compiled modules between the many short processes of a test run. */
export const COMPILE_CACHE = fileURLToPath(new URL("../node_modules/.cache/node-compile", import.meta.url));
