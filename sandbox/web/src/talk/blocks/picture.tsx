import styles from './blocks.module.css';

/** The page may load nothing from elsewhere: of such a picture it shows what is said in its place. */
export function Picture({ src, alt }: { src: string; alt: string }) {
  const own = src.startsWith('data:') || src.startsWith('/');
  return <span className={styles.picture}>{own ? <img src={src} alt={alt} /> : `🖼 ${alt}`}</span>;
}
