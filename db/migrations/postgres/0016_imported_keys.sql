CREATE TABLE "imported_secrets" (
	"secret_id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"shape_id" text,
	"fingerprint" text NOT NULL,
	"digest" text,
	"algorithm" text,
	"value" text,
	"imported_at" bigint NOT NULL,
	CONSTRAINT "imported_secrets_fingerprint_unique" UNIQUE("fingerprint")
);
--> statement-breakpoint
CREATE TABLE "token_shapes" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"prefix" text NOT NULL,
	"min_length" bigint NOT NULL,
	"max_length" bigint NOT NULL,
	"pending" jsonb NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "imported_secrets" ADD CONSTRAINT "imported_secrets_secret_id_secrets_id_fk" FOREIGN KEY ("secret_id") REFERENCES "public"."secrets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imported_secrets" ADD CONSTRAINT "imported_secrets_shape_id_token_shapes_id_fk" FOREIGN KEY ("shape_id") REFERENCES "public"."token_shapes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_shapes" ADD CONSTRAINT "token_shapes_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "imported_secrets_project" ON "imported_secrets" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "imported_secrets_digest" ON "imported_secrets" USING btree ("digest") WHERE "imported_secrets"."digest" is not null;--> statement-breakpoint
CREATE INDEX "imported_secrets_pending" ON "imported_secrets" USING btree ("shape_id") WHERE "imported_secrets"."digest" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "token_shapes_shape" ON "token_shapes" USING btree ("project_id","prefix","min_length","max_length");