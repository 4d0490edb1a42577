CREATE TABLE "key_attributes" (
	"name" text NOT NULL,
	"value" text NOT NULL,
	"project_id" text NOT NULL,
	"key_id" text NOT NULL,
	CONSTRAINT "key_attributes_name_value_project_id_key_id_pk" PRIMARY KEY("name","value","project_id","key_id")
);
--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "description" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "tags" jsonb DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "key_attributes" ADD CONSTRAINT "key_attributes_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "key_attributes_key" ON "key_attributes" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "keys_external_id" ON "keys" USING btree ("external_id","project_id") WHERE "keys"."external_id" is not null;