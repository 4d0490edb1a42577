ALTER TABLE `audit` ADD `chain` integer;--> statement-breakpoint
ALTER TABLE `audit` ADD `hash` text;--> statement-breakpoint
CREATE INDEX `audit_actor` ON `audit` (`actor_id`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_action` ON `audit` (`action`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at`);--> statement-breakpoint
CREATE UNIQUE INDEX `audit_chain` ON `audit` (`chain`);--> statement-breakpoint
CREATE INDEX `audit_unsealed` ON `audit` (`seq`) WHERE "audit"."chain" is null;--> statement-breakpoint
CREATE TRIGGER `audit_is_kept` BEFORE UPDATE ON `audit`
WHEN OLD.`chain` IS NOT NULL OR NEW.`chain` IS NULL
	OR NEW.`seq` IS NOT OLD.`seq`
	OR NEW.`id` IS NOT OLD.`id`
	OR NEW.`at` IS NOT OLD.`at`
	OR NEW.`actor_id` IS NOT OLD.`actor_id`
	OR NEW.`actor_name` IS NOT OLD.`actor_name`
	OR NEW.`via` IS NOT OLD.`via`
	OR NEW.`address` IS NOT OLD.`address`
	OR NEW.`action` IS NOT OLD.`action`
	OR NEW.`project_id` IS NOT OLD.`project_id`
	OR NEW.`subject_id` IS NOT OLD.`subject_id`
	OR NEW.`subject_name` IS NOT OLD.`subject_name`
	OR NEW.`before` IS NOT OLD.`before`
	OR NEW.`after` IS NOT OLD.`after`
BEGIN
	SELECT RAISE(ABORT, 'audit rows can''t be changed');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_is_not_deleted` BEFORE DELETE ON `audit`
BEGIN
	SELECT RAISE(ABORT, 'audit rows can''t be changed');
END;
