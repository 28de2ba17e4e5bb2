import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Preview } from '../../broadcast/broadcast.ts';
import { type Audience, audiences } from '../../domain/audience.ts';
import { suggestion } from '../../domain/nearest.ts';
import { publicStatuses } from '../../domain/notice.ts';
import { presentPreviews } from '../present/update.ts';
import type { Wire } from '../wire.ts';
import { collect, given, readPairs } from './options.ts';
import { type Session, said, say } from './session.ts';

interface UpdateOptions {
  to: string[];
  inside?: string;
  outside?: string;
  status?: string;
  notify?: boolean;
  component: string[];
  preview?: boolean;
  incident?: string;
}

/** update, snooze, posted and ack. */
export function addUpdateWords(program: Command, session: Session): void {
  const word = (usage: string, description: string): Command =>
    program.command(usage).description(description).option('--incident <id>', 'the incident, such as INC-7');

  word('update', 'tell audiences how it stands; what they are owed next counts from here')
    .addOption(
      new Option('--to <audience>', `${audiences.join(', ')}; may be repeated`)
        .argParser(chooseAudience)
        .makeOptionMandatory(),
    )
    .option('--inside <text>', 'the words for responders and stakeholders')
    .option('--outside <text>', 'the words for customers and the public')
    .addOption(new Option('--status <status>', 'what the status page is to say').choices(publicStatuses))
    .option('--component <service=status>', 'what it is to show for a service; may be repeated', collect, [])
    .option('--notify', 'have the page write to its subscribers')
    .option('--preview', 'show each audience’s words as they would arrive; sends nothing')
    .action(async (options: UpdateOptions) => update(session, options));
  word('snooze', 'hold back once what is due next')
    .option('--for <time>', 'how long; without it 10m')
    .action(async (options: Record<string, string>) => say(session, 'snooze', given(options), said));
  word('posted', 'as a publisher: the public words were copied to the page by hand').action(
    async (options: Record<string, string>) => say(session, 'posted', given(options), said),
  );
  word('ack', 'say that you have it: nobody else is called').action(async (options: Record<string, string>) =>
    say(session, 'ack', given(options), said),
  );
}

async function update(session: Session, options: UpdateOptions): Promise<void> {
  const { to, component, preview, ...rest } = options;
  const components = readPairs(component, 'a service and its state, such as api=partial_outage');
  const args = given({ ...rest, audiences: to, components });
  if (preview)
    return say(session, 'preview-update', args, (answer) =>
      presentPreviews(answer.previews as unknown as Wire<Preview>[]),
    );
  return say(session, 'update', { ...args, key: session.terminal.ids.next('terminal') }, said);
}

function chooseAudience(word: string, before: Audience[] = []): Audience[] {
  const audience = audiences.find((one) => one === word);
  if (audience) return [...before, audience];
  throw new InvalidArgumentError(`There is no audience ${word}: ${suggestion(word, audiences)}`);
}
