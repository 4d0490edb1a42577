import "#db/private-files.ts";
import "#db/quick-import.ts";

// A separate file, because static imports would load Drizzle before the hooks above are registered.
await import("./start.ts");
