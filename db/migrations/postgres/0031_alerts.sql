CREATE TABLE "alert_states" (
	"alert_id" text NOT NULL,
	"subject" text NOT NULL,
	"armed" boolean NOT NULL,
	"fired_at" bigint,
	"day" bigint,
	"networks" jsonb,
	CONSTRAINT "alert_states_alert_id_subject_pk" PRIMARY KEY("alert_id","subject")
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"rule" jsonb NOT NULL,
	"bell" boolean NOT NULL,
	"mail" boolean NOT NULL,
	"webhooks" boolean NOT NULL,
	"created_at" bigint NOT NULL,
	"created_by" text NOT NULL,
	"disabled_at" bigint,
	"last_fired_at" bigint
);
--> statement-breakpoint
ALTER TABLE "alert_states" ADD CONSTRAINT "alert_states_alert_id_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alerts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alerts_project" ON "alerts" USING btree ("project_id","created_at");