import { cutTo } from './letters.ts';

interface LabelProps {
  x: number;
  y: number;
  text: string;
  /** Pixels that it may take; what is longer is cut, and whole under the pointer. */
  room: number;
  /** Of its letters, in pixels. */
  size?: number;
  className?: string | undefined;
  anchor?: 'start' | 'middle';
}

/** A line of text in the picture that stays within its room. */
export function Label({ x, y, text, room, size = 12, className, anchor = 'middle' }: LabelProps) {
  const shown = cutTo(text, size, room);
  return (
    <text className={className} x={x} y={y} textAnchor={anchor} fontSize={size}>
      {shown === text ? null : <title>{text}</title>}
      {shown}
    </text>
  );
}
