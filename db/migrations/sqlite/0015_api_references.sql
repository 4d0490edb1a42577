CREATE TABLE `api_audiences` (
	`api_id` text NOT NULL,
	`project_id` text NOT NULL,
	PRIMARY KEY(`api_id`, `project_id`),
	FOREIGN KEY (`api_id`) REFERENCES `apis`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `api_audiences_project` ON `api_audiences` (`project_id`);--> statement-breakpoint
CREATE TABLE `guides` (
	`api_id` text NOT NULL,
	`slug` text NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`position` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`api_id`, `slug`),
	FOREIGN KEY (`api_id`) REFERENCES `apis`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `apis` ADD `visibility` text DEFAULT 'members' NOT NULL;