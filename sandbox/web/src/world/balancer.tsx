import styles from './balancer.module.css';
import type { Service } from './facts.ts';
import { Label } from './label.tsx';

interface BalancerProps {
  targets: Service['targets'];
  dark: boolean;
  x: number;
  y: number;
  room: number;
}

/** What the load balancer sends people to: as much of the bar as is healthy. */
export function Balancer({ targets: { healthy, registered }, dark, x, y, room }: BalancerProps) {
  const share = registered === 0 ? 0 : healthy / registered;
  const text = dark ? 'out of reach' : `${healthy} of ${registered} healthy`;
  return (
    <g data-tone={healthy === registered && healthy > 0 ? 'good' : 'warn'}>
      <title>{`Targets of its load balancer: ${text}`}</title>
      <g className={styles.sign} transform={`translate(${x + 7} ${y + 14})`}>
        <path d="M -5 0 H -1 M -1 0 L 5 -5 M -1 0 H 5 M -1 0 L 5 5" />
        <circle cx="-5" r="2.2" />
        <circle cx="5" cy="-5" r="1.8" />
        <circle cx="5" r="1.8" />
        <circle cx="5" cy="5" r="1.8" />
      </g>
      <Label className={styles.text} size={11} x={x + 20} y={y + 18} room={room - 18} anchor="start" text={text} />
      <rect className={styles.rail} x={x} y={y + 26} width={room} height="5" rx="2.5" />
      <rect
        className={styles.share}
        x={x}
        y={y + 26}
        width={room}
        height="5"
        rx="2.5"
        style={{ transform: `scaleX(${share})` }}
      />
    </g>
  );
}
