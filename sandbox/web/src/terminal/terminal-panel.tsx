import type { Role } from '../../../../src/domain/home.ts';
import { Panel } from '../frame/panel.tsx';
import { useMine } from '../state/mine.ts';
import { useSlice } from '../state/stream.ts';
import { type CommandLine, commandLines } from './command-lines.ts';
import { CopyButton } from './copy-button.tsx';
import styles from './terminal.module.css';

/** What the terminal would print at this moment, and the lines that make it do so. */
export function TerminalPanel() {
  const shown = useSlice('terminal');
  const up = useSlice('bot')?.state === 'up';
  const lines = useLines();
  if (shown === undefined) return null;
  return (
    <Panel id="terminal" title="Terminal" startOpen={false}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section className={styles.screen} tabIndex={0} aria-label="What the terminal prints">
        <pre>
          <span className={styles.prompt} aria-hidden="true">
            ${' '}
          </span>
          <strong>{shown.command}</strong>
          {`\n${shown.text}`}
        </pre>
      </section>
      {up ? null : <p className={styles.note}>Muster is not up: this is what was last known.</p>}
      {lines.length === 0 ? null : <Lines lines={lines} />}
    </Panel>
  );
}

function Lines({ lines }: { lines: readonly CommandLine[] }) {
  return (
    <>
      <p className={styles.note}>The same by hand, in the folder where the sandbox was started:</p>
      <ul className={styles.lines}>
        {lines.map((line) => (
          <Line key={line.line} line={line} />
        ))}
      </ul>
    </>
  );
}

function Line({ line: { what, line } }: { line: CommandLine }) {
  return (
    <li>
      <span className={styles.what}>{what}</span>
      <code>{line}</code>
      <CopyButton text={line} what={what} />
    </li>
  );
}

/** For whoever looks, where they lead recoveries, and another one who may approve what is asked; none where nobody leads any. */
function useLines(): CommandLine[] {
  const news = useSlice('recovery');
  const people = useSlice('people') ?? [];
  const offered = useSlice('system')?.commands?.find(({ purpose }) => purpose === 'recovery');
  const command = offered?.name ?? null;
  const ungraceful = offered?.modes.includes('ungraceful') ?? false;
  const { user } = useMine();
  const holders = (role: Role) =>
    people
      .filter(({ roles }) => roles.includes(role))
      .sort((one, other) => Number(other.id === user) - Number(one.id === user));
  const asked = news?.consents[0]?.requestedBy;
  const approver = holders('approvers').find(({ name }) => name !== asked);
  const [leader] = holders('commanders');
  if (leader === undefined) return [];
  return commandLines(news, { as: leader.name, approver: approver?.name ?? null, command, ungraceful });
}
