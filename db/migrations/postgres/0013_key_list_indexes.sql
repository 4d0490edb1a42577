CREATE INDEX "keys_disabled" ON "keys" USING btree ("created_at","id") WHERE "keys"."enabled" = false;--> statement-breakpoint
CREATE INDEX "keys_ended" ON "keys" USING btree ("created_at","id") WHERE "keys"."revoked_at" is not null;--> statement-breakpoint
CREATE INDEX "keys_test" ON "keys" USING btree ("created_at","id") WHERE "keys"."environment" = 'test';