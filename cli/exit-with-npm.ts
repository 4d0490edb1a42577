const POLL_MS = 500;

/**
 * Stops this process when the npm that runs it is gone. npm forwards SIGTERM and SIGINT, but SIGHUP and SIGKILL
 * end it without a signal to its children. Does nothing if npm is not the parent.
 */
export function exitWithNpm(env = process.env, pollMs = POLL_MS): void {
  if (!env.npm_lifecycle_script?.startsWith("exec node cli/main.ts")) return;
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, pollMs);
  timer.unref();
}
