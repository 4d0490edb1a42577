/** Whether this is Node's error for a client that disconnected while its request was read. */
export function isAborted(error: unknown): boolean {
  return (
    error instanceof Error && error.message === "aborted" && "code" in error && error.code === "ECONNRESET"
  );
}
