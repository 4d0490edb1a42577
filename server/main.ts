import "#db/private-files.ts";
import "#db/quick-import.ts";

// Imported afterwards, so that it has taken effect.
await import("./start.ts");
