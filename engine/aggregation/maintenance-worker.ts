import "#db/quick-import.ts";

// Not before that has taken effect.
await import("./maintenance-orders.ts");
