// Loaded into each supervised process with `node --import`. When the supervisor is gone, even by SIGKILL, the process
// shuts down and frees its port.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
// The IPC channel only detects that. It must not keep a finished process alive.
process.channel?.unref();
