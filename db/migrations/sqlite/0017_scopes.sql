ALTER TABLE `apis` ADD `scopes` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `operations` ADD `required_scopes` text;