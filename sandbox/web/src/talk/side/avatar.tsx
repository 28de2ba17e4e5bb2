import styles from './avatar.module.css';

interface AvatarProps {
  id: string;
  name: string;
  isBot?: boolean;
  small?: boolean;
}

const tones = 6;

/** A person's letter in a colour of their own; their name stands beside it. */
export function Avatar({ id, name, isBot = false, small = false }: AvatarProps) {
  const tone = [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % tones;
  const look = [styles.avatar, small && styles.small, isBot ? styles.bot : styles[`tone${tone}`]];
  return <span className={look.filter(Boolean).join(' ')} data-letter={name.charAt(0)} aria-hidden="true" />;
}
