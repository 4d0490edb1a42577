// Whatever this process creates is for its own user only, also where the data directory is open to others.
process.umask(0o077);
