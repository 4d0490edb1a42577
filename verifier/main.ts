import "#db/private-files.ts";
import "#db/quick-import.ts";

// Not before that has taken effect.
await import("./start.ts");
