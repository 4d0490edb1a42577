const REASONS: Record<string, string> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EBUSY: "it is in use",
  EDQUOT: "the disk quota is used up",
  EEXIST: "it exists already",
  EFBIG: "it would be too large for the file system",
  EIO: "the disk reports an error",
  EISDIR: "it is a directory",
  ELOOP: "it is a loop of symbolic links",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "its name is too long",
  ENFILE: "too many files are open",
  ENOENT: "it does not exist",
  ENOSPC: "the disk is full",
  ENOTDIR: "it is a file, or a part of its path is",
  EROFS: "the file system is read-only",
};

/** What could not be done with a file, by the system call. Others, such as those of sockets, have another meaning. */
const VERBS: Record<string, string> = {
  access: "read",
  chmod: "changed",
  copyfile: "copied",
  fsync: "written",
  link: "linked",
  lstat: "read",
  mkdir: "created",
  open: "opened",
  read: "read",
  rename: "renamed",
  rm: "deleted",
  rmdir: "deleted",
  scandir: "read",
  stat: "read",
  statfs: "read",
  unlink: "deleted",
  write: "written",
};

/** Why an operation on a file failed, in words; null for an error that is not one of these. */
export function fileErrorReason(error: unknown): string | null {
  const { code = "", syscall = "" } = fieldsOf(error);
  if (!(syscall in VERBS)) return null;
  if (code === "ENOENT" && syscall === "mkdir") return "the directory above it can't contain new ones";
  if (code === "EEXIST" && syscall === "mkdir") return "it is a file";
  return REASONS[code] ?? null;
}

/** Which file an operation failed for, and why: `/data/x can't be opened: permission denied`. Null for other errors. */
export function describeFileError(error: unknown): string | null {
  const reason = fileErrorReason(error);
  if (reason === null) return null;
  const { path = "a file", syscall = "" } = fieldsOf(error);
  return `${path} can't be ${VERBS[syscall]}: ${reason}`;
}

function fieldsOf(error: unknown): Partial<Record<"code" | "syscall" | "path", string>> {
  return error instanceof Error ? (error as NodeJS.ErrnoException) : {};
}
