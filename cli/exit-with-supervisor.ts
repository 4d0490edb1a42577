// Loaded into each supervised process, and into builds, with `node --import`. When the process that started it is gone,
// even by SIGKILL, the process shuts down and frees its port.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
// The IPC channel only detects that. It must not keep a finished process alive.
process.channel?.unref();
// Not for processes that this one forks: they talk with it through their channel, as Next.js's workers do.
const at = process.execArgv.findIndex((argument) => argument.endsWith("/exit-with-supervisor.ts"));
if (at > 0) process.execArgv.splice(at - 1, 2);
