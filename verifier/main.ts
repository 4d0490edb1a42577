import "#db/quick-import.ts";

// Files that this process creates are readable only by its user, even if others can open the data directory.
process.umask(0o077);
// A separate file, because static imports would load Drizzle before the hooks above are registered.
await import("./start.ts");
