import type { Command } from 'commander';
import type { JsonObject } from '../../domain/json.ts';
import type { SchedulesView } from '../../domain/schedule.ts';
import type { MarkdownFile, ReviewView } from '../../domain/views.ts';
import { exit } from '../exit.ts';
import { presentContacts, type ShownContacts } from '../present/contacts.ts';
import { presentReviews } from '../present/review.ts';
import { presentSchedules } from '../present/schedules.ts';
import { jsonLine } from '../present/text.ts';
import { presentTimeline, type ShownTimeline } from '../present/timeline.ts';
import type { Wire } from '../wire.ts';
import { given } from './options.ts';
import { type Session, said, say, throughDoor } from './session.ts';
import { writeNew } from './write-new.ts';

interface Report {
  file: Wire<MarkdownFile>;
  reviews: Wire<ReviewView>[];
}

/** severity, timeline, contacts, schedules, report and reviewed. */
export function addRecordWords(program: Command, session: Session): void {
  const word = (usage: string, description: string): Command =>
    program.command(usage).description(description).option('--incident <id>', 'the incident, such as INC-7');

  word('severity <severity>', 'change how severe it is, and with it how often people are told').action(
    async (severity: string, options: Record<string, string>) =>
      say(session, 'severity', given({ severity, ...options }), said),
  );
  word('timeline [text...]', 'what happened, in order; with a text, add it').action(
    async (text: string[], options: Record<string, string>) => {
      if (text.length > 0) return say(session, 'note', given({ text: text.join(' '), ...options }), said);
      return say(session, 'timeline', given(options), (answer) => presentTimeline(answer as unknown as ShownTimeline));
    },
  );
  word('contacts', 'vendors and people outside, and how to reach them; of an incident those that it needs').action(
    async (options: Record<string, string>) =>
      say(session, 'contacts', given(options), (answer) => presentContacts(answer as unknown as ShownContacts)),
  );
  program
    .command('schedules')
    .description('what is run when, how it was last, and what was missed')
    .action(async () =>
      say(session, 'schedules', {}, (answer) => presentSchedules(answer as unknown as Wire<SchedulesView>)),
    );
  word('report [incident]', 'the draft of its post-mortem, as Markdown')
    .option('--out <file>', 'into a file that is not there yet')
    .action(async (incident: string | undefined, { out, ...options }: Record<string, string>) =>
      report(session, given({ incident, ...options }), out),
    );
  word('reviewed [review]', 'say that you have read what was to be read').action(
    async (review: string | undefined, options: Record<string, string>) =>
      say(session, 'reviewed', given({ review, ...options }), said),
  );
}

/** The Markdown alone goes where it can be piped; what waits to be read is said beside it. */
async function report(session: Session, about: JsonObject, out: string | undefined): Promise<void> {
  const { terminal } = session;
  await throughDoor(session, async (door) => {
    const answer = (await door.call('report', about)) as unknown as Report;
    if (out !== undefined) await writeNew(out, answer.file.markdown);
    if (session.json()) terminal.print(jsonLine(answer));
    else if (out === undefined) terminal.print(answer.file.markdown.trimEnd());
    else terminal.print(`The post-mortem is in ${out}.`);
    const waiting = presentReviews(answer.reviews);
    if (waiting !== '' && !session.json()) terminal.complain(waiting);
    return exit.done;
  });
}
