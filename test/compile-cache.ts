import { fileURLToPath } from "node:url";

/** Where Node.js keeps compiled modules between the many short processes of a test run. */
export const COMPILE_CACHE = fileURLToPath(new URL("../node_modules/.cache/node-compile", import.meta.url));

/** For a process that does not inherit the environment of the test run. */
export const withCompileCache = () => ({
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? COMPILE_CACHE,
});
