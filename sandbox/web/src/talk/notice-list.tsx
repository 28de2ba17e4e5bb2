import styles from './notice-list.module.css';
import { dismiss, type Place, useNotices } from './state/notices.ts';

export function NoticeList({ user, place }: { user: string; place: Place }) {
  const notices = useNotices(user, place);
  return notices.map((one) => (
    <div key={one.id} className={styles.notice} role="alert">
      <p>{one.text}</p>
      <button type="button" className={styles.dismiss} aria-label="Dismiss" onClick={() => dismiss(one.id)}>
        ✕
      </button>
    </div>
  ));
}
