CREATE TABLE `followed_documents` (
	`api_id` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`checked_at` integer NOT NULL,
	`error` text,
	`failing_since` integer,
	`pending` text,
	`pending_digest` text,
	`pending_since` integer,
	`pending_changes` text,
	`declined_digest` text,
	FOREIGN KEY (`api_id`) REFERENCES `apis`(`id`) ON UPDATE no action ON DELETE cascade
);
