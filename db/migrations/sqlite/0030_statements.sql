CREATE TABLE `statements` (
	`project_id` text NOT NULL,
	`month` text NOT NULL,
	`project_name` text NOT NULL,
	`closed_at` integer NOT NULL,
	`lines` text NOT NULL,
	PRIMARY KEY(`project_id`, `month`)
);
--> statement-breakpoint
CREATE INDEX `statements_month` ON `statements` (`month`);