/** The origins that a page may send requests to; set by the portal's server, and by nothing else. */
export const TRY_ORIGINS_HEADER = "x-latchkey-try-origins";
