import type { Meeting } from '../../sdk';

/** What the app uses of a meeting: its public members, so that tests and the preview can stand in for it. */
export type MeetingHandle = Pick<Meeting, keyof Meeting>;
