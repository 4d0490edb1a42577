CREATE TABLE `deprecation_notices` (
	`project_id` text NOT NULL,
	`api_id` text NOT NULL,
	`operation` text NOT NULL,
	`sunset` integer NOT NULL,
	`days` integer NOT NULL,
	PRIMARY KEY(`api_id`, `project_id`, `operation`, `sunset`, `days`),
	FOREIGN KEY (`api_id`) REFERENCES `apis`(`id`) ON UPDATE no action ON DELETE cascade
);
