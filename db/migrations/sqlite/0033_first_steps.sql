ALTER TABLE `project_apis` ADD `reason` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `tried_at` integer;