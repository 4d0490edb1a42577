ALTER TABLE "scim_groups" DROP CONSTRAINT "scim_groups_display_name_key_unique";--> statement-breakpoint
ALTER TABLE "scim_users" DROP CONSTRAINT "scim_users_user_name_key_unique";--> statement-breakpoint
ALTER TABLE "scim_groups" ADD COLUMN "provider" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "scim_tokens" ADD COLUMN "provider" text;--> statement-breakpoint
ALTER TABLE "scim_tokens" ADD COLUMN "manages_admins" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "scim_users" ADD COLUMN "provider" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "scim_groups_name" ON "scim_groups" USING btree ("provider","display_name_key");--> statement-breakpoint
CREATE UNIQUE INDEX "scim_users_name" ON "scim_users" USING btree ("provider","user_name_key");