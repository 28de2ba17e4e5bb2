import { useId } from 'react';
import buttons from '../blocks/button.module.css';
import { Plain, Text } from '../text/text.tsx';
import { question } from './ask.ts';
import { Dialog } from './dialog.tsx';
import styles from './modal.module.css';

/** The question that waits for an answer: `ask` asks it. */
export function QuestionDialog() {
  const title = useId();
  const asked = question.use();
  if (asked === null) return null;
  const { confirm, answer } = asked;
  const look = `${buttons.button} ${buttons[confirm.style ?? 'primary']}`;
  return (
    <Dialog labelledBy={title} small onCancel={() => answer(false)}>
      <div className={styles.question}>
        <h2 id={title}>
          <Plain text={confirm.title.text} />
        </h2>
        <div>
          <Text of={confirm.text} />
        </div>
      </div>
      <div className={styles.foot}>
        <button type="button" className={buttons.button} onClick={() => answer(false)}>
          <Plain text={confirm.deny.text} />
        </button>
        <button type="button" className={look} onClick={() => answer(true)}>
          <Plain text={confirm.confirm.text} />
        </button>
      </div>
    </Dialog>
  );
}
