CREATE TABLE `usage_outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`created_at` integer NOT NULL,
	`rows` text NOT NULL
);
