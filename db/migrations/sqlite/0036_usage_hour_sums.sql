CREATE TABLE `usage_hour_sums` (
	`day` integer NOT NULL,
	`project_id` text NOT NULL,
	`total` integer NOT NULL,
	`hours` text NOT NULL,
	PRIMARY KEY(`day`, `project_id`)
);
