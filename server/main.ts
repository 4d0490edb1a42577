import "#db/quick-import.ts";

// Files that this process creates are readable only by its user, even if others can open the data directory.
process.umask(0o077);
// Imported afterwards, so that it has taken effect.
await import("./start.ts");
