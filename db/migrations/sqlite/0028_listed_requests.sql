CREATE TABLE `requests` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`project_id` text NOT NULL,
	`key_id` text NOT NULL,
	`secret_id` text NOT NULL,
	`at` integer NOT NULL,
	`code` text NOT NULL,
	`environment` text NOT NULL,
	`api` text NOT NULL,
	`operation` text NOT NULL,
	`observed` text NOT NULL,
	`client` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `requests_project` ON `requests` (`project_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `requests_at` ON `requests` (`at`);