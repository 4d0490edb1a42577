import "#db/quick-import.ts";

// A separate file, because static imports would load Drizzle before the hook above is registered.
await import("./maintenance-messages.ts");
