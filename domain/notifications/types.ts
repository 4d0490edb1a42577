import type { EventData, EventKind } from "#core/events.ts";
import type { Page } from "../fields.ts";

/** Something that a person was told. */
export interface Notification {
  /** Of the event; the same for everybody who was told. */
  id: string;
  time: string;
  kind: EventKind;
  project: { id: string; name: string };
  subject: { id: string; name: string };
  /** Who did it. */
  by: string;
  data: EventData;
  title: string;
  text: string;
  /** The page to see it on, below the portal's address. */
  path: string;
  readAt: string | null;
}

export interface NotificationPage extends Page<Notification> {
  /** Not read yet, on all pages; 100 stands for as many or more. */
  unread: number;
}
