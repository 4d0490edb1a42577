// Loaded into each supervised process (`node --import`): when the supervisor is gone, however it went, end
// in good order instead of holding the port for ever.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
// The channel is only there to notice that; it must not keep a process alive that is done.
process.channel?.unref();
